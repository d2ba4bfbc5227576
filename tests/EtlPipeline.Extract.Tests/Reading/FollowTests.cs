using EtlPipeline.Core.Lake;
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
    public async Task A_small_table_is_read_whole_if_it_changes()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("DELETE FROM item WHERE item_id = 2; INSERT INTO item VALUES (4, 'four', NULL)");
        var written = Assert.Single((await scene.RunAsync()).Versions);

        Assert.Equal((VersionKind.Chunk, VersionReason.Changed, 3), (written.Kind, written.Reason, written.Rows));
        Assert.Equal(KeyRange.All, (await scene.NewestAsync()).Segments.Range);
    }
}
