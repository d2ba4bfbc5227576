using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Extract.Tests;

/// <summary>Runs Extract in a process whose heap has a hard limit of a fraction of the table.</summary>
[Collection(RunsAlone.Name)]
public sealed class MemoryTests
{
    private const int HeapLimit = 40 << 20;

    // As JSON the table has 180 MB.
    private const int Rows = 400_000;

    [Fact]
    public async Task Neither_a_first_load_nor_changes_nor_a_bulk_update_hold_the_table_in_memory()
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE item (item_id int PRIMARY KEY, name text, note text);
            INSERT INTO item SELECT i, 'item ' || i, repeat('x', 400) FROM generate_series(1, {Rows}) AS i;
            """);

        Assert.Equal((Rows, VersionReason.First), await RunUnderLimitAsync(scene));

        await scene.ExecuteAsync("UPDATE item SET name = 'changed' WHERE item_id % 5 = 0");
        Assert.Equal((Rows / 5, VersionReason.Changed), await RunUnderLimitAsync(scene));

        await scene.ExecuteAsync("UPDATE item SET name = 'changed'");
        Assert.Equal((Rows, VersionReason.Bulk), await RunUnderLimitAsync(scene));
    }

    /// <summary>Runs once; how many rows the run has put, and for which reason.</summary>
    private static async Task<(long Rows, VersionReason Reason)> RunUnderLimitAsync(ExtractScene scene)
    {
        var before = await KeysAsync(scene);
        var settings = scene.Database.Settings;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EtlPipeline.Extract.Trial.dll")])
        {
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("X", CultureInfo.InvariantCulture),
                ["WHAT_ENV"] = "prod",
                ["AWS_TABLES_LIST"] = "item",
                ["AWS_INGEST_BUCKET"] = scene.BucketFolder,
                ["TOTE_SYS_DB_HOST"] = settings.Host,
                ["TOTE_SYS_DB_PORT"] = settings.Port.ToString(CultureInfo.InvariantCulture),
                ["TOTE_SYS_DB_DB"] = settings.Database,
                ["TOTE_SYS_DB_USER"] = settings.User,
                ["TOTE_SYS_DB_PASSWORD"] = settings.Password,
                ["TOTE_SYS_DB_SSLMODE"] = "prefer",
            },
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(ExtractScene.Token);
        await process.WaitForExitAsync(ExtractScene.Token);
        OutputWatch.See("the trial", error);
        Assert.True(process.ExitCode == 0, error);
        return await FiguresAsync(scene, (await KeysAsync(scene)).Except(before));
    }

    private static async Task<(long Rows, VersionReason Reason)> FiguresAsync(ExtractScene scene, IEnumerable<VersionKey> keys)
    {
        var versions = new List<VersionMetadata>();
        foreach (var key in keys) versions.Add(VersionMetadata.Read((await scene.Bucket.DescribeAsync(key.Rows, ExtractScene.Token))!.Metadata)!);
        return (versions.Sum(version => version.Rows), Assert.Single(versions.Select(version => version.Reason).Distinct()));
    }

    private static async Task<HashSet<VersionKey>> KeysAsync(ExtractScene scene)
    {
        var keys = new HashSet<VersionKey>();
        await foreach (var key in scene.Bucket.ListAsync("item/", null, ExtractScene.Token))
        {
            if (VersionKey.TryParse(key, VersionKey.RowsSuffix, out var found)) keys.Add(found);
        }

        return keys;
    }
}
