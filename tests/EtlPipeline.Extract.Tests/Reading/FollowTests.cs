using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>Steps 1 to 3: what changed is found, and sent in the same run.</summary>
public sealed class FollowTests
{
    [Fact]
    public async Task The_first_run_reads_the_whole_table()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);

        var summary = await scene.RunAsync();

        var version = Assert.Single(await scene.VersionsAsync());
        Assert.Equal((VersionKind.Chunk, VersionReason.First, true), (version.Metadata.Kind, version.Metadata.Reason, version.Metadata.IsComplete));
        Assert.Equal(KeyRange.All, version.Segments.Range);
        Assert.Equal(3, version.Metadata.Rows);
        Assert.Equal("""{"item_id":1,"name":"one","last_updated":"2022-11-03T14:20:52.186"}""", version.Rows[0]);
        Assert.True(Assert.Single(summary.Tables).IsComplete);
        Assert.Equal(summary.RunStamp, version.Key.Version);
    }

    [Fact]
    public async Task A_run_in_which_nothing_changed_puts_no_version()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        Assert.Empty((await scene.RunAsync()).Versions);
    }

    [Fact]
    public async Task Changes_are_followed_whatever_they_do_to_last_updated()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(100);
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id IN (33, 50); INSERT INTO item VALUES (0, 'low'), (101, NULL)");
        var written = Assert.Single((await scene.RunAsync()).Versions);

        Assert.Equal((VersionKind.Changes, VersionReason.Changed, 4), (written.Kind, written.Reason, written.Rows));
        await scene.AssertRightAsync();
        Assert.Empty((await scene.RunAsync()).Versions);
    }

    [Fact]
    public async Task A_row_that_is_inserted_behind_a_changed_one_explains_the_count_and_nothing_else_is_read()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(100);
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id = 99; INSERT INTO item VALUES (101, 'new')");
        var written = Assert.Single((await scene.RunAsync()).Versions);

        Assert.Equal((VersionKind.Changes, 2), (written.Kind, written.Rows));
        await scene.AssertRightAsync();
        Assert.Empty((await scene.RunAsync()).Versions);
    }

    [Fact]
    public async Task Deletes_are_found_in_the_run_after_them()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(100);
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync();

        await scene.ExecuteAsync("DELETE FROM item WHERE item_id IN (7, 77); UPDATE item SET name = 'other' WHERE item_id = 8; INSERT INTO item VALUES (102, 'new')");
        var versions = (await scene.RunAsync()).Versions;

        Assert.Equal([VersionReason.Changed, VersionReason.Deleted, VersionReason.Deleted], versions.Select(version => version.Reason));
        await scene.AssertRightAsync();
        Assert.Empty((await scene.RunAsync()).Versions);

        await scene.ExecuteAsync("DELETE FROM item WHERE item_id = 50");
        Assert.Equal(VersionReason.Deleted, Assert.Single((await scene.RunAsync()).Versions).Reason);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_row_that_comes_back_at_a_bound_counts_for_the_segment_that_it_ends()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(100);
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync();
        var bound = (await scene.VersionsAsync())[^1].Segments.Segments[0].To!.Values[0];
        await scene.ExecuteAsync($"DELETE FROM item WHERE item_id = {bound}");
        await scene.RunAsync();
        await scene.ExecuteAsync($"INSERT INTO item VALUES ({bound}, 'again')");
        await scene.RunAsync();

        await scene.ExecuteAsync("DELETE FROM item WHERE item_id = 100");
        var written = Assert.Single((await scene.RunAsync()).Versions);

        Assert.Equal((VersionKind.Chunk, VersionReason.Deleted), (written.Kind, written.Reason));
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_delete_and_an_insert_that_leave_the_count_as_it_was_are_both_found()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(100);
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET item_id = 1000 WHERE item_id = 5");
        await scene.RunAsync();

        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_key_that_PostgreSQLs_hash_folds_onto_a_deleted_one_is_told_apart()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id bigint PRIMARY KEY, name text);
            INSERT INTO item SELECT i, 'item ' || i FROM generate_series(1, 100) AS i
            """);
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync();
        Assert.True(await scene.Database.ScalarAsync<bool>("SELECT hashint8extended(1, 0) = hashint8extended(4294967296, 0)"));

        await scene.ExecuteAsync("UPDATE item SET item_id = 4294967296 WHERE item_id = 1");
        await scene.RunAsync();

        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_small_table_is_read_whole_if_it_changes()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("DELETE FROM item WHERE item_id = 2; INSERT INTO item VALUES (4, 'four', NULL)");
        var written = Assert.Single((await scene.RunAsync()).Versions);

        Assert.Equal((VersionKind.Chunk, VersionReason.Changed, 3), (written.Kind, written.Reason, written.Rows));
        Assert.Equal(KeyRange.All, (await scene.NewestAsync()).Segments.Range);
    }

    [Fact]
    public async Task A_transaction_that_commits_late_is_extracted_by_the_next_run()
    {
        await using var scene = await CreateAsync();
        await using var late = await scene.Database.OpenAsync();
        await late.ExecuteAsync("BEGIN; INSERT INTO item VALUES (101, 'late')", ExtractScene.Token);
        await scene.RunAsync();
        // Transactions that come and go in the meantime must not make the late one look old.
        for (var i = 0; i < 5; i++) await scene.ExecuteAsync("CREATE TABLE passing (id int); DROP TABLE passing");
        await scene.ExecuteAsync("UPDATE item SET name = 'seen' WHERE item_id = 50");
        await scene.RunAsync();

        await late.ExecuteAsync("COMMIT", ExtractScene.Token);
        await scene.RunAsync();

        Assert.Equal(["""{"item_id":101,"name":"late"}"""], (await scene.NewestAsync()).Rows);
    }

    [Fact]
    public async Task A_savepoint_of_a_transaction_that_commits_late_is_extracted_by_the_next_run()
    {
        await using var scene = await CreateAsync();
        await using var late = await scene.Database.OpenAsync();
        await late.ExecuteAsync(
            "BEGIN; UPDATE item SET name = 'outer' WHERE item_id = 1; SAVEPOINT work; INSERT INTO item VALUES (101, 'inner'); RELEASE work", ExtractScene.Token);
        await scene.RunAsync();

        await late.ExecuteAsync("COMMIT", ExtractScene.Token);
        await scene.RunAsync();

        Assert.Equal(["""{"item_id":1,"name":"outer"}""", """{"item_id":101,"name":"inner"}"""], (await scene.NewestAsync()).Rows);
    }

    [Fact]
    public async Task A_forgotten_prepared_transaction_makes_no_row_be_sent_twice()
    {
        await using var scene = await CreateAsync();
        await scene.ExecuteAsync("BEGIN; INSERT INTO item VALUES (101, 'prepared'); PREPARE TRANSACTION 'forgotten_item'");
        try
        {
            await scene.RunAsync();
            for (var i = 1; i <= 3; i++)
            {
                await scene.ExecuteAsync($"UPDATE item SET name = 'change {i}' WHERE item_id = {i * 20}");
                Assert.Equal(1, Assert.Single((await scene.RunAsync()).Versions).Rows);
            }

            Assert.Empty((await scene.RunAsync()).Versions);
        }
        finally
        {
            await scene.ExecuteAsync("COMMIT PREPARED 'forgotten_item'");
        }

        await scene.RunAsync();
        Assert.Equal(["""{"item_id":101,"name":"prepared"}"""], (await scene.NewestAsync()).Rows);
    }

    [Fact]
    public async Task What_changes_many_transactions_after_an_open_one_is_extracted()
    {
        await using var scene = await CreateAsync();
        await using var open = await scene.Database.OpenAsync();
        await open.ExecuteAsync("BEGIN; INSERT INTO item VALUES (101, 'open')", ExtractScene.Token);
        await scene.ExecuteAsync("UPDATE item SET name = 'seen' WHERE item_id = 50");
        await scene.RunAsync();

        for (var i = 0; i < 40; i++) await scene.ExecuteAsync("CREATE TABLE passing (id int); DROP TABLE passing");
        await scene.ExecuteAsync("UPDATE item SET name = 'changed' WHERE item_id = 60");
        await scene.RunAsync();

        Assert.Equal(["""{"item_id":60,"name":"changed"}"""], (await scene.NewestAsync()).Rows);
    }

    [Theory]
    [InlineData("BEGIN; INSERT INTO item VALUES (101, 'never'); UPDATE item SET name = 'no'; ROLLBACK")]
    [InlineData("SELECT 1; VACUUM FULL item")]
    [InlineData("CREATE TABLE passing (id int); DROP TABLE passing")]
    public async Task What_changes_no_row_makes_no_version(string sql)
    {
        await using var scene = await CreateAsync();
        await scene.RunAsync();

        foreach (var statement in sql.StartsWith("BEGIN", StringComparison.Ordinal) ? [sql] : sql.Split(';')) await scene.ExecuteAsync(statement);

        Assert.Empty((await scene.RunAsync()).Versions);
    }

    [Fact]
    public async Task More_changes_than_a_quarter_are_read_segment_by_segment()
    {
        await using var scene = await CreateAsync();
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id BETWEEN 21 AND 50; DELETE FROM item WHERE item_id = 90");
        var versions = (await scene.RunAsync()).Versions;

        Assert.Equal(VersionReason.Bulk, versions[0].Reason);
        Assert.Contains(versions, version => version.Reason == VersionReason.Deleted);
        Assert.All(versions, version => Assert.Equal(VersionKind.Chunk, version.Kind));
        Assert.True(versions.Sum(version => version.Rows) < 90);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task More_changes_than_a_version_may_hold_are_read_segment_by_segment()
    {
        await using var scene = await CreateAsync();
        scene.Limits = ExtractScene.Tiny with { BulkBytes = 100 };
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id IN (5, 25, 45, 65)");
        var versions = (await scene.RunAsync()).Versions;

        Assert.All(versions, version => Assert.Equal(VersionReason.Bulk, version.Reason));
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task More_changes_than_there_is_time_for_are_read_segment_by_segment_by_the_next_run()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(8000);
        scene.Limits = ExtractScene.Tiny with { SegmentRows = 500, ChunkBytes = 100_000 };
        await scene.RunAsync();
        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id <= 1500");

        var version = Assert.Single((await scene.RunAsync(invocation: scene.WithLooks(1))).Versions);
        Assert.Equal((VersionKind.Changes, VersionReason.Bulk, 0), (version.Kind, version.Reason, version.Rows));

        var versions = (await scene.RunAsync()).Versions;
        Assert.All(versions, next => Assert.Equal((VersionKind.Chunk, VersionReason.Bulk), (next.Kind, next.Reason)));
        Assert.InRange(versions.Sum(next => next.Rows), 1500, 2500);
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task Each_table_and_the_run_end_with_a_line_of_metrics()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);

        await scene.RunAsync();

        Assert.Contains(scene.Log.Entries, entry => entry.EventName == EventNames.TableFinished && entry.Message.StartsWith("Extract: item, 3 rows, ", StringComparison.Ordinal));
        Assert.Equal(EventNames.StageFinished, scene.Log.Entries.Last().EventName);
        Assert.EndsWith("0 segments not yet read, success", scene.Log.Entries.Last().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_id_beyond_2_to_the_32_is_no_other_than_one_below()
    {
        await using var scene = await CreateAsync();
        await scene.RunAsync();
        const ulong Epoch = 1UL << 32;
        await scene.TamperAsync(metadata => metadata with { SnapshotXmin = metadata.SnapshotXmin + Epoch, SnapshotXmax = metadata.SnapshotXmax + Epoch });

        var versions = (await scene.RunAsync()).Versions;

        Assert.All(versions, version => Assert.Equal(VersionReason.Server, version.Reason));
        Assert.Equal(100, versions.Sum(version => version.Rows));
    }

    private static async Task<ExtractScene> CreateAsync()
    {
        var scene = await ExtractScene.CreateWithItemsAsync(100);
        scene.Limits = ExtractScene.Tiny;
        return scene;
    }
}
