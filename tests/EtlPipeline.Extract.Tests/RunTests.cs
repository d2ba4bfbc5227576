using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Sources.PostgreSql;
using EtlPipeline.Extract.Sources.Sample;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.SampleData;

namespace EtlPipeline.Extract.Tests;

public sealed class RunTests
{
    private static readonly TableName Item = TableName.Parse("item");

    [Fact]
    public async Task A_run_that_finds_the_lock_taken_ends_with_a_log_line()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using (await new PostgreSqlSource(scene.Oltp, scene.Log).TryBeginAsync(ExtractScene.Token))
        {
            Assert.True((await scene.RunAsync()).Skipped);
        }

        Assert.Single(scene.Log.Entries, entry => entry.EventName == "RunSkipped");
        Assert.Empty(await scene.KeysAsync());
        Assert.False((await scene.RunAsync()).Skipped);
    }

    [Fact]
    public async Task The_lock_is_held_and_the_transaction_has_ended_while_versions_are_put()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        var seen = new List<string>();
        scene.Bucket = new FailingBucket(scene.Bucket)
        {
            BeforePut = async _ =>
            {
                seen.Add(await scene.Database.ScalarAsync<string>(
                    "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'etl-pipeline'"));
                await using var other = await new PostgreSqlSource(scene.Oltp, scene.Log).TryBeginAsync(ExtractScene.Token);
                Assert.Null(other);
            },
        };

        await scene.RunAsync();

        Assert.Equal(["idle"], seen);
    }

    [Fact]
    public async Task Nothing_of_a_run_is_left_in_the_server()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);

        await scene.RunAsync();
        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,missing"));

        Assert.Equal(0, await scene.Database.ScalarAsync<long>("""
            SELECT count(*)
            FROM pg_locks
            JOIN pg_database ON pg_database.oid = pg_locks.database
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND locktype IN ('relation', 'advisory')
            """));
        Assert.Equal(0, await scene.Database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'"));
    }

    [Fact]
    public async Task A_repeated_invocation_changes_nothing()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);

        await scene.RunAsync(requestId: "same");
        await scene.RunAsync(requestId: "same");

        Assert.Equal("same", (await scene.NewestAsync()).Metadata.Run);
        Assert.Single(await scene.KeysAsync());
    }

    [Fact]
    public async Task An_object_that_this_run_has_put_itself_is_a_success()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        scene.Bucket = new FailingBucket(scene.Bucket) { DenyPutsUnder = "item/" };

        var summary = await scene.RunAsync();

        Assert.Equal((await scene.NewestAsync()).Key.Version, Assert.Single(summary.Tables).Version);
    }

    [Theory]
    [InlineData("another")]
    [InlineData(null)]
    public async Task An_object_of_another_run_is_left_and_fails_the_table(string? run)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        var bucket = scene.Bucket;
        await scene.RunAsync();
        var metadata = run is null ? [] : ((await scene.NewestAsync()).Metadata with { Run = run }).ToObjectMetadata();
        scene.Bucket = new FailingBucket(bucket)
        {
            BeforePut = async key => await bucket.PutIfAbsentAsync(key, new MemoryStream("[]"u8.ToArray()), metadata, ExtractScene.Token),
        };
        await scene.ExecuteAsync("INSERT INTO item VALUES (4, 'four', NULL)");

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());

        Assert.Contains("was written by another run", failure.Message, StringComparison.Ordinal);
        Assert.Equal("[]", await scene.TextAsync((await scene.KeysAsync())[^1].Rows));
    }

    [Fact]
    public async Task A_stamp_follows_the_newest_of_any_table_where_the_clock_is_behind()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items + "CREATE TABLE other (other_id int PRIMARY KEY)");
        await scene.RunAsync("item,other");
        var future = new TableVersion(DateTimeOffset.UtcNow.AddDays(1));
        await PutEmptyAsync(scene, new VersionKey(TableName.Parse("other"), future).Rows);
        await scene.ExecuteAsync("UPDATE item SET name = 'x' WHERE item_id = 1");

        await scene.RunAsync("item,other");

        Assert.Equal(future.Next, (await scene.NewestAsync()).Key.Version);
    }

    [Fact]
    public async Task A_stamp_is_not_that_of_deleted_rows_whose_run_has_died()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        var future = new TableVersion(DateTimeOffset.UtcNow.AddDays(1));
        await PutEmptyAsync(scene, new VersionKey(Item, future).Rows);
        await PutEmptyAsync(scene, new VersionKey(Item, future.Next).DeletedRows);

        await scene.RunAsync();

        Assert.Equal(future.Next.Next, (await scene.NewestAsync()).Key.Version);
    }

    [Fact]
    public async Task Deleted_rows_are_put_before_their_version()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await scene.ExecuteAsync("DELETE FROM item WHERE item_id = 1");
        var keys = new List<string>();
        scene.Bucket = new FailingBucket(scene.Bucket) { BeforePut = key => { keys.Add(key); return Task.CompletedTask; } };

        await scene.RunAsync();

        var key = (await scene.NewestAsync()).Key;
        Assert.Equal([key.DeletedRows, key.Rows], keys);
    }

    [Fact]
    public async Task The_time_of_the_last_run_stays_where_a_table_failed()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        var before = await scene.TextAsync("timestamp");

        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,missing"));

        Assert.Equal(before, await scene.TextAsync("timestamp"));
    }

    [Fact]
    public async Task Sample_rows_are_refused_where_the_bucket_holds_the_database_s()
    {
        await using var scene = await ExtractScene.CreateAsync("CREATE TABLE currency (currency_id int PRIMARY KEY)");
        await scene.RunAsync("currency");
        var sample = new SampleSource(new SampleHistory(new SampleOptions { Scale = 0.2 }), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync(sample, "currency"));

        Assert.Contains("use other buckets", failure.Message, StringComparison.Ordinal);
        Assert.Single(await scene.KeysAsync("currency"));
    }

    private static Task<bool> PutEmptyAsync(ExtractScene scene, string key) =>
        scene.Bucket.PutIfAbsentAsync(key, new MemoryStream("[]"u8.ToArray()), ObjectMetadata.Empty, ExtractScene.Token);
}
