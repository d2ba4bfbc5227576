using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Extract.Tests;

/// <summary>Runs Extract in a process whose heap has a hard limit of a fraction of the table.</summary>
[Collection(RunsAlone.Name)]
public sealed class MemoryTests
{
    private const int HeapLimit = 40 << 20;

    // Ten times what the limit would hold if the rows were kept as objects; the version has 180 MB.
    private const int Rows = 400_000;

    [Fact]
    public async Task Neither_a_first_load_nor_a_merge_nor_a_full_comparison_holds_the_table_in_memory()
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE item (item_id int PRIMARY KEY, name text, note text);
            INSERT INTO item SELECT i, 'item ' || i, repeat('x', 400) FROM generate_series(1, {Rows}) AS i;
            """);

        await RunUnderLimitAsync(scene);
        Assert.Equal(Rows, (await MetadataAsync(scene)).Changed);

        await scene.ExecuteAsync("UPDATE item SET name = 'changed' WHERE item_id % 1000 = 0; DELETE FROM item WHERE item_id = 1");
        await RunUnderLimitAsync(scene);
        Assert.Equal((Rows - 1, Rows / 1000, 1), Figures(await MetadataAsync(scene)));

        // Another column name makes all rows be compared, and all of them differ: the worst case.
        await scene.ExecuteAsync("ALTER TABLE item RENAME COLUMN name TO title");
        await RunUnderLimitAsync(scene);
        Assert.Equal((Rows - 1, Rows - 1, 0), Figures(await MetadataAsync(scene)));
    }

    private static (long Rows, long Changed, long Deleted) Figures(IngestionMetadata metadata) =>
        (metadata.Rows, metadata.Changed, metadata.Deleted);

    private static async Task<IngestionMetadata> MetadataAsync(ExtractScene scene)
    {
        var key = (await scene.KeysAsync())[^1];
        return IngestionMetadata.Read((await scene.Bucket.DescribeAsync(key.Rows, ExtractScene.Token))!.Metadata)!;
    }

    private static async Task RunUnderLimitAsync(ExtractScene scene)
    {
        var settings = scene.Database.Settings;
        var start = TestProcess.Command("extract");
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["WHAT_ENV"] = "prod";
        start.Environment["AWS_TABLES_LIST"] = "item";
        start.Environment["AWS_INGEST_BUCKET"] = scene.BucketFolder;
        start.Environment["TOTE_SYS_DB_HOST"] = settings.Host;
        start.Environment["TOTE_SYS_DB_PORT"] = settings.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["TOTE_SYS_DB_DB"] = settings.Database;
        start.Environment["TOTE_SYS_DB_USER"] = settings.User;
        start.Environment["TOTE_SYS_DB_PASSWORD"] = settings.Password;
        start.Environment["TOTE_SYS_DB_SSLMODE"] = "prefer";
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(ExtractScene.Token);
        await process.WaitForExitAsync(ExtractScene.Token);
        OutputWatch.See("Extract", errors);
        Assert.True(process.ExitCode == 0, errors);
    }
}
