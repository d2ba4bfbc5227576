using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>Step 4: every row is read again within a day, chunk by chunk, as far as the time goes.</summary>
public sealed class RoundTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(101)]
    public async Task A_first_load_is_cut_into_segments_that_cover_every_key(int rows)
    {
        await using var scene = await ExtractScene.CreateReadAsync(rows);

        var versions = await scene.VersionsAsync();

        var newest = versions[^1].Segments;
        Assert.True(newest.IsSound());
        Assert.Equal(rows, newest.Segments.Sum(segment => segment.Rows));
        Assert.All(newest.Segments, segment => Assert.InRange(segment.Rows, 0, 19));
        Assert.Equal(versions[0].Segments.Range!.To, versions.Count > 1 ? versions[1].Segments.Range!.From : null);
        Assert.Null(versions[0].Segments.Range!.From);
        Assert.Null(versions[^1].Segments.Range!.To);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_first_load_goes_on_where_it_was_cut_off()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(200);
        scene.Limits = ExtractScene.Tiny;
        var read = 0L;

        var runs = 0;
        for (; runs < 100; runs++)
        {
            var summary = await scene.RunAsync(invocation: scene.WithLooks(2));
            read += summary.Versions.Where(version => version.Kind == VersionKind.Chunk).Sum(version => version.Rows);
            if (summary.Tables[0].IsComplete) break;
            await scene.ExecuteAsync($"UPDATE item SET name = 'run {runs}' WHERE item_id IN (5, 150)");
        }

        Assert.InRange(runs, 3, 99);
        Assert.True(read <= 220, $"{read} rows were read");
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task The_daily_round_comes_to_each_segment_at_its_time()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        await scene.AgeAsync(TimeSpan.FromHours(13));

        var first = (await scene.RunAsync()).Versions;
        Assert.All(first, version => Assert.Equal((VersionKind.Chunk, VersionReason.Round), (version.Kind, version.Reason)));
        Assert.InRange(first.Sum(version => version.Rows), 5, 30);
        Assert.True((await scene.NewestAsync()).Metadata.IsComplete);

        await scene.AgeAsync(TimeSpan.FromHours(10.6));
        Assert.InRange((await scene.RunAsync()).Versions.Sum(version => version.Rows), 60, 95);
    }

    [Theory]
    [InlineData(23.6)]
    [InlineData(-24 * 365)]
    public async Task A_segment_that_is_overdue_or_was_read_in_the_future_is_due(double hours)
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        await scene.AgeAsync(TimeSpan.FromHours(hours));
        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id = 5");

        await scene.RunAsync(invocation: scene.WithLooks(1));
        Assert.False((await scene.NewestAsync()).Metadata.IsComplete);
        Assert.All((await scene.NewestAsync()).Segments.Segments, segment => Assert.Equal(VersionReason.Round, segment.Due));

        Assert.Equal(100, (await scene.RunAsync()).Versions.Sum(version => version.Rows));
        Assert.True((await scene.NewestAsync()).Metadata.IsComplete);
    }

    /// <summary>Or else Load would take what it finds for something that the following had missed.</summary>
    [Theory]
    [InlineData(false, "DELETE FROM item WHERE item_id = 50", VersionReason.Deleted)]
    [InlineData(false, "UPDATE item SET name = 'other' WHERE item_id <= 50", VersionReason.Bulk)]
    [InlineData(true, "UPDATE item SET name = 'other' WHERE item_id = 50", VersionReason.Changed)]
    public async Task What_has_changed_in_an_overdue_segment_is_not_read_for_the_round(bool isSmall, string sql, VersionReason reason)
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(100);
        scene.Limits = isSmall ? ExtractLimits.Default : ExtractScene.Tiny;
        await scene.RunAsync();
        await scene.AgeAsync(TimeSpan.FromHours(30));

        await scene.ExecuteAsync(sql);
        var versions = (await scene.RunAsync()).Versions;

        Assert.Contains(versions, version => version.Reason == reason);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_segment_that_has_grown_is_divided_and_neighbours_that_have_shrunk_are_joined()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var before = (await scene.NewestAsync()).Segments.Segments.Count;

        await scene.ExecuteAsync("DELETE FROM item WHERE item_id % 10 NOT IN (0, 1) AND item_id <= 60; INSERT INTO item SELECT i, 'new' FROM generate_series(101, 160) AS i");
        await scene.RunAsync(request: new ExtractRequest { Read = ExtractScene.Names("item") });
        await scene.RunAsync(request: new ExtractRequest { Read = ExtractScene.Names("item") });

        var segments = (await scene.NewestAsync()).Segments.Segments;
        Assert.All(segments, segment => Assert.True(segment.Rows < 20));
        Assert.True(segments.Count(segment => segment.To is { } to && int.Parse(to.Values[0]) <= 60) < 6);
        Assert.True(segments.Count > before / 2);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_segment_that_has_grown_beyond_a_chunk_is_read_to_its_end()
    {
        await using var scene = await ExtractScene.CreateReadAsync();

        await scene.ExecuteAsync("INSERT INTO item SELECT i, 'new' FROM generate_series(101, 400) AS i");
        var versions = (await scene.RunAsync()).Versions;

        Assert.True(versions.Count > 1);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task There_are_no_more_segments_than_a_table_may_have()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(300);
        scene.Limits = ExtractScene.Tiny with { SegmentRows = 2, Segments = 8 };
        await scene.RunAsync();

        await scene.RunAsync(request: new ExtractRequest { IsFull = true });
        await scene.RunAsync(request: new ExtractRequest { IsFull = true });

        Assert.InRange((await scene.VersionsAsync())[^2].Segments.Segments.Count, 4, 30);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task Tables_take_turns_so_that_a_huge_one_starves_none()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(500);
        await scene.ExecuteAsync("CREATE TABLE a_small (id int PRIMARY KEY); INSERT INTO a_small VALUES (1); CREATE TABLE z_small (id int PRIMARY KEY); INSERT INTO z_small VALUES (1)");
        scene.Limits = ExtractScene.Tiny;

        var summary = await scene.RunAsync("item,a_small,z_small", invocation: scene.WithLooks(3 + 3));

        Assert.Single(await scene.VersionsAsync("a_small"));
        Assert.Single(await scene.VersionsAsync("z_small"));
        Assert.Single(await scene.VersionsAsync());
        Assert.False(summary.Tables.Single(table => table.Table.Value == "item").IsComplete);
    }

    [Fact]
    public async Task With_six_seconds_an_invocation_a_huge_table_grows_by_whole_chunks_and_the_others_are_up_to_date()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(300);
        await scene.ExecuteAsync("CREATE TABLE other (item_id int PRIMARY KEY, name text)");
        scene.Limits = ExtractScene.Tiny;
        var left = TimeSpan.Zero;
        scene.Bucket = new FailingBucket(scene.Bucket)
        {
            BeforePut = key =>
            {
                if (key.StartsWith("item/", StringComparison.Ordinal)) left -= TimeSpan.FromSeconds(2);
                return Task.CompletedTask;
            },
        };

        var (runs, known, isComplete) = (0, 0, false);
        for (; runs < 60 && !isComplete; runs++)
        {
            await scene.ExecuteAsync($"INSERT INTO other VALUES ({runs}, 'new'); UPDATE item SET name = 'run {runs}' WHERE item_id % 150 = 0");
            left = TimeSpan.FromSeconds(6);
            var tables = (await scene.RunAsync("item,other", invocation: new Invocation($"invocation-{runs}", () => left, ExtractScene.Token))).Tables;
            var item = tables.Single(table => table.Table.Value == "item");
            await scene.AssertRightAsync("other");
            Assert.True(item.Known > known);
            (known, isComplete) = (item.Known, item.IsComplete);
        }

        Assert.InRange(runs, 3, 59);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_run_that_somebody_waits_for_ends_early()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(300);
        scene.Limits = ExtractScene.Tiny;
        await using var other = await scene.Database.OpenAsync();
        Task? waiting = null;
        var bucket = scene.Bucket;
        scene.Bucket = new FailingBucket(bucket)
        {
            BeforePut = async _ =>
            {
                waiting ??= other.ExecuteAsync("ALTER TABLE item ADD COLUMN extra int", ExtractScene.Token);
                for (var tries = 0; tries < 500; tries++)
                {
                    if (await scene.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'item'::regclass)")) return;
                    await Task.Delay(20, ExtractScene.Token);
                }
            },
        };

        var summary = await scene.RunAsync();
        await waiting!;

        Assert.Single(summary.Versions);
        Assert.False(summary.Tables[0].IsComplete);
        Assert.Contains("RunGivesWay", scene.Log.Entries.Select(entry => entry.EventName));
        scene.Bucket = bucket;
        await scene.RunAsync();
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_table_without_an_index_in_the_keys_order_is_read_several_chunks_in_one_go()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (code text PRIMARY KEY, name text);
            INSERT INTO item SELECT 'code ' || i, 'item ' || i FROM generate_series(1, 300) AS i;
            """);
        scene.Limits = ExtractScene.Tiny;

        Assert.True((await scene.RunAsync()).Versions.Count > 8);
        await scene.AssertRightAsync(order: "code COLLATE \"C\"");

        await scene.ExecuteAsync("DELETE FROM item WHERE code LIKE '%7'");
        await scene.RunAsync(request: new ExtractRequest { IsFull = true });
        await scene.AssertRightAsync(order: "code COLLATE \"C\"");
    }
}
