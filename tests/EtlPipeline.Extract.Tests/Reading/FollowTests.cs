using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>What changed is found, and sent in the same run.</summary>
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
        await using var scene = await ExtractScene.CreateFollowedAsync();
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
        await using var scene = await ExtractScene.CreateFollowedAsync();
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id = 99; INSERT INTO item VALUES (101, 'new')");
        var written = Assert.Single((await scene.RunAsync()).Versions);

        Assert.Equal((VersionKind.Changes, 2), (written.Kind, written.Rows));
        await scene.AssertRightAsync();
        Assert.Empty((await scene.RunAsync()).Versions);
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

    [Theory]
    [InlineData("BEGIN; INSERT INTO item VALUES (101, 'never'); UPDATE item SET name = 'no'; ROLLBACK")]
    [InlineData("SELECT 1; VACUUM FULL item")]
    [InlineData("CREATE TABLE passing (id int); DROP TABLE passing")]
    public async Task What_changes_no_row_makes_no_version(string sql)
    {
        await using var scene = await ExtractScene.CreateFollowedAsync();
        await scene.RunAsync();

        foreach (var statement in sql.StartsWith("BEGIN", StringComparison.Ordinal) ? [sql] : sql.Split(';')) await scene.ExecuteAsync(statement);

        Assert.Empty((await scene.RunAsync()).Versions);
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
        await using var scene = await ExtractScene.CreateFollowedAsync();
        await scene.RunAsync();
        const ulong Epoch = 1UL << 32;
        await scene.TamperAsync(metadata => metadata with { SnapshotXmin = metadata.SnapshotXmin + Epoch, SnapshotXmax = metadata.SnapshotXmax + Epoch });

        var versions = (await scene.RunAsync()).Versions;

        Assert.All(versions, version => Assert.Equal(VersionReason.Server, version.Reason));
        Assert.Equal(100, versions.Sum(version => version.Rows));
    }
}
