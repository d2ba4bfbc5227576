using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;

namespace EtlPipeline.Reconciliation.Tests;

public sealed class ReconcilerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_warehouse_that_was_never_loaded_is_named()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        using var buckets = new ObjectStores(null, TimeProvider.System);
        await using var reconciler = new Reconciler(Extract(folder, totesys.Settings), Load(folder, warehouse), buckets, keysShown: 1);

        var exception = await Assert.ThrowsAsync<PipelineException>(async () => await reconciler.RunAsync(Cancellation).ToListAsync(Cancellation));

        Assert.Contains(warehouse.Settings.Database, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_data_cannot_be_compared_with_a_warehouse()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        using var buckets = new ObjectStores(null, TimeProvider.System);

        var exception = Assert.Throws<PipelineException>(() => new Reconciler(Extract(folder, oltp: null), Load(folder, warehouse), buckets, keysShown: 1));

        Assert.Contains("IS_OLTP_OK", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_counted_and_the_first_are_kept()
    {
        var report = new TargetReport(TableName.Parse("dim_design"), shown: 2);

        for (var key = 1; key <= 5; key++) report.AddFault(new RowDifference(DifferenceKind.Missing, key, []));
        report.AddFault(new RowDifference(DifferenceKind.Surplus, 9, []));

        Assert.Equal((6, 5), (report.Wrong, report[DifferenceKind.Missing].Count));
        Assert.Equal([1L, 2L], report[DifferenceKind.Missing].First.Select(difference => difference.Key));
    }

    private static ExtractSettings Extract(TestFolder folder, DatabaseSettings? oltp) => new()
    {
        Tables = TableList.Default,
        IngestionBucket = Path.Combine(folder.Path, "ingestion"),
        Oltp = oltp,
    };

    private static LoadSettings Load(TestFolder folder, TestDatabase warehouse) => new()
    {
        ProcessedBucket = Path.Combine(folder.Path, "processed"),
        Warehouse = warehouse.Settings,
    };
}
