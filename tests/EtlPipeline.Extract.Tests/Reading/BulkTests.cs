using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>Changes that are too many to follow are read segment by segment.</summary>
public sealed class BulkTests
{
    [Fact]
    public async Task More_changes_than_a_quarter_are_read_segment_by_segment()
    {
        await using var scene = await ExtractScene.CreateFollowedAsync();
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
        await using var scene = await ExtractScene.CreateFollowedAsync();
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
}
