using EtlPipeline.Core.Hosting;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests;

[Collection(RunsAlone.Name)]
public sealed class TemporaryFileTests
{
    [Fact]
    public async Task Temporary_files_are_gone_after_a_failure()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/fd"), "open files are listed on Linux only");
        await using var scene = await ExtractScene.CreateAsync(
            ExtractScene.Items + "CREATE VIEW other AS SELECT item_id / (item_id - 3) AS other_id FROM item");
        var opened = new HashSet<string>();
        scene.Bucket = new FailingBucket(scene.Bucket) { BeforePut = _ => { opened = Files(); return Task.CompletedTask; } };

        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,other(other_id)"));

        Assert.NotEmpty(opened);
        Assert.Empty(opened.Intersect(Files()));
    }

    /// <summary>The temporary files that this process holds open.</summary>
    private static HashSet<string> Files() =>
        [.. Directory.EnumerateFiles("/proc/self/fd")
            .Select(link => new FileInfo(link).LinkTarget)
            .OfType<string>()
            .Where(target => target.Contains("/etl-pipeline-", StringComparison.Ordinal) && target.EndsWith("(deleted)", StringComparison.Ordinal))];
}
