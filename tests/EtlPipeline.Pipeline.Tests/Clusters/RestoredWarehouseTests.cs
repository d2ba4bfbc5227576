using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>The warehouse is put back from a backup, and its ledger with it.</summary>
public sealed class RestoredWarehouseTests
{
    [Fact]
    public async Task A_warehouse_that_was_restored_to_an_earlier_state_catches_up()
    {
        await using var source = await SourceServer.CreateAsync();
        await source.Database.ExecuteAsync("CREATE DATABASE warehouse");
        await using var pipeline = await TestPipeline.CreateAsync(source.Database, TestDatabase.On(source.Cluster, "warehouse"));
        var dump = Path.Combine(source.Cluster.DataFolder, "warehouse.dump");
        await pipeline.RunAsync();
        await source.LiveADayAsync(0);
        await pipeline.RunAsync();
        await source.Cluster.RunClientAsync("pg_dump", "-Fc", "-n", "warehouse", "-f", dump, "warehouse");
        await source.ChangeSilentlyAsync();
        await pipeline.RunAsync();
        await source.LiveADayAsync(1);
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await pipeline.Warehouse.ExecuteAsync("DROP SCHEMA warehouse CASCADE");
        await source.Cluster.RunClientAsync("pg_restore", "-d", "warehouse", dump);
        Assert.NotEmpty(await pipeline.Oracle.FindDifferencesAsync());
        await source.Database.ExecuteAsync("UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 3 = 0");
        await pipeline.RunAsync();
        await pipeline.SweepAsync();

        await pipeline.AssertIsRightAsync();
    }
}
