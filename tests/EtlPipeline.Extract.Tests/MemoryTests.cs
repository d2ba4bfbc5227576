using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Proofs;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Extract.Tests;

/// <summary>Runs Extract in a process whose heap has a hard limit of a fraction of the table.</summary>
[Collection(RunsAlone.Name)]
public sealed class MemoryTests
{
    private const int Mebibyte = 1 << 20;

    // As JSON the table has 180 MB.
    private const int Rows = 400_000;

    private static readonly int Changes = ProofSize.IsLong ? 1_500_000 : 150_000;

    [Fact]
    public async Task Neither_a_first_load_nor_changes_nor_a_bulk_update_hold_the_table_in_memory()
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE item (item_id int PRIMARY KEY, name text, note text);
            INSERT INTO item SELECT i, 'item ' || i, repeat('x', 400) FROM generate_series(1, {Rows}) AS i;
            """);

        Assert.Equal((Rows, VersionReason.First), await RunUnderLimitAsync(scene, 40 * Mebibyte));

        await scene.ExecuteAsync("UPDATE item SET name = 'changed' WHERE item_id % 5 = 0");
        Assert.Equal((Rows / 5, VersionReason.Changed), await RunUnderLimitAsync(scene, 40 * Mebibyte));

        await scene.ExecuteAsync("UPDATE item SET name = 'changed'");
        Assert.Equal((Rows, VersionReason.Bulk), await RunUnderLimitAsync(scene, 40 * Mebibyte));
    }

    [Fact]
    public async Task As_many_changes_as_are_followed_at_once_fit_into_128_MiB()
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE item (item_id bigint PRIMARY KEY, n int);
            INSERT INTO item SELECT i, 0 FROM generate_series(1, {Changes} * 5) AS i;
            """);
        await RunUnderLimitAsync(scene, 128 * Mebibyte);

        // Deletes beside them: the changes have to be held to explain the count.
        await scene.ExecuteAsync($"UPDATE item SET n = 1 WHERE item_id % 5 = 0; DELETE FROM item WHERE item_id = 1");
        var versions = await VersionsAsync(scene, 128 * Mebibyte);

        Assert.Equal((VersionKind.Changes, Changes), (versions[0].Kind, versions[0].Rows));
        Assert.Equal([VersionReason.Changed, VersionReason.Deleted], versions.Select(version => version.Reason));
        Assert.True(versions[^1].IsComplete);
    }

    /// <summary>Runs once; how many rows the run has put, and for which reason.</summary>
    private static async Task<(long Rows, VersionReason Reason)> RunUnderLimitAsync(ExtractScene scene, int heapLimit)
    {
        var versions = await VersionsAsync(scene, heapLimit);
        return (versions.Sum(version => version.Rows), Assert.Single(versions.Select(version => version.Reason).Distinct()));
    }

    /// <summary>Runs once; the versions that the run has put.</summary>
    private static async Task<IReadOnlyList<VersionMetadata>> VersionsAsync(ExtractScene scene, int heapLimit)
    {
        var before = await KeysAsync(scene);
        await RunProcessAsync(scene, heapLimit);
        var versions = new List<VersionMetadata>();
        foreach (var key in (await KeysAsync(scene)).Except(before))
            versions.Add(VersionMetadata.Read((await scene.Bucket.DescribeAsync(key.Rows, ExtractScene.Token))!.Metadata)!);
        return versions;
    }

    private static async Task RunProcessAsync(ExtractScene scene, int heapLimit)
    {
        var settings = scene.Database.Settings;
        var start = TestProcess.Command("extract");
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("DOTNET_GCHeapHardLimit", heapLimit.ToString("X", CultureInfo.InvariantCulture)),
            ("WHAT_ENV", "prod"),
            ("AWS_TABLES_LIST", "item"),
            ("AWS_INGEST_BUCKET", scene.BucketFolder),
            ("TOTE_SYS_DB_HOST", settings.Host),
            ("TOTE_SYS_DB_PORT", settings.Port.ToString(CultureInfo.InvariantCulture)),
            ("TOTE_SYS_DB_DB", settings.Database),
            ("TOTE_SYS_DB_USER", settings.User),
            ("TOTE_SYS_DB_PASSWORD", settings.Password),
            ("TOTE_SYS_DB_SSLMODE", "prefer"),
        ]) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ExtractScene.Token);
        var error = await process.StandardError.ReadToEndAsync(ExtractScene.Token);
        await process.WaitForExitAsync(ExtractScene.Token);
        OutputWatch.See("the process", error + await output);
        Assert.True(process.ExitCode == 0, error);
    }

    private static async Task<IReadOnlyList<VersionKey>> KeysAsync(ExtractScene scene)
    {
        var keys = new List<VersionKey>();
        await foreach (var key in scene.Bucket.ListAsync("item/", null, ExtractScene.Token))
        {
            if (VersionKey.TryParse(key, VersionKey.RowsSuffix, out var found)) keys.Add(found);
        }

        return [.. keys.OrderBy(key => key.Version)];
    }
}
