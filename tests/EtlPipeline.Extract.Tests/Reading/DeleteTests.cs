using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>Deletes are found by the number of the keys and their sum.</summary>
public sealed class DeleteTests
{
    [Fact]
    public async Task Deletes_are_found_in_the_run_after_them()
    {
        await using var scene = await ExtractScene.CreateFollowedAsync();
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
        await using var scene = await ExtractScene.CreateFollowedAsync();
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
        await using var scene = await ExtractScene.CreateFollowedAsync();
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
}
