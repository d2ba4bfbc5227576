using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Pipeline.Tests.Histories;

namespace EtlPipeline.Pipeline.Tests.Museum;

/// <summary>A row is deleted in the source, and the copy keeps it, or loses more than the row.</summary>
public sealed class DeleteTests
{
    private const string Newest = "(SELECT max(sales_order_id) FROM sales_order)";

    /// <summary>airbytehq/airbyte issue 10140: with incremental sync and deduplication, records deleted in the source stay in the destination.</summary>
    [Fact]
    public async Task A_deleted_row_is_no_longer_current_after_the_next_run()
    {
        await using var pipeline = await OpenAsync();
        var key = await pipeline.Database.ScalarAsync<int>($"SELECT {Newest}");
        await pipeline.Database.ExecuteAsync($"DELETE FROM payment; UPDATE transaction SET sales_order_id = NULL WHERE sales_order_id = {key}; DELETE FROM sales_order WHERE sales_order_id = {key}");

        await pipeline.RunAsync(new ExtractRequest { AcceptDeletes = new HashSet<TableName> { TableName.Parse("payment") } });

        await pipeline.AssertIsRightAsync();
        Assert.Equal(0, await CountAsync(pipeline, $"sales_order_current WHERE sales_order_id = {key}"));
        Assert.Equal(0, await CountAsync(pipeline, "payment_current"));
    }

    /// <summary>dlt-hub/dlt pull request 4165: a soft delete keeps the row and overwrites its values by NULL.</summary>
    [Fact]
    public async Task A_deleted_row_keeps_its_last_values_in_the_record_that_has_ended()
    {
        await using var pipeline = await OpenAsync();
        var key = await pipeline.Database.ScalarAsync<int>($"SELECT {Newest}");
        var before = await ValuesAsync(pipeline, key);
        await pipeline.Database.ExecuteAsync($"DELETE FROM payment WHERE transaction_id IN (SELECT transaction_id FROM transaction WHERE sales_order_id = {key}); DELETE FROM sales_order WHERE sales_order_id = {key}");

        await pipeline.RunAsync();

        Assert.Equal(before, await ValuesAsync(pipeline, key));
        Assert.Equal(1, await CountAsync(pipeline, $"fact_sales_order WHERE sales_order_id = {key} AND valid_to IS NOT NULL"));
        await pipeline.AssertIsRightAsync();
    }

    /// <summary>
    /// block/spirit issue 151: a row is inserted at the table's end and copied, but the mark of what is copied never gets so far; it is deleted,
    /// the copy is resumed, and the delete is ignored since it lies above the mark.
    /// </summary>
    [Fact]
    public async Task A_row_that_was_read_and_deleted_while_a_first_load_was_interrupted_is_not_current()
    {
        await using var source = await HistorySource.CreateAsync();
        await using var pipeline = await TestPipeline.CreateAsync(source.Database);
        pipeline.Options = new ExtractOptions { Tables = TableList.Parse("sales_order"), Limits = SmallLimits.All };
        await source.Database.ExecuteAsync("DELETE FROM payment; INSERT INTO sales_order SELECT 900000, created_at, last_updated, design_id, staff_id, counterparty_id, units_sold, unit_price, currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id FROM sales_order LIMIT 1");
        for (var reading = 0; reading < 3; reading++) await ExtractALittleAsync(pipeline);

        await source.Database.ExecuteAsync("DELETE FROM sales_order WHERE sales_order_id IN (900000, (SELECT min(sales_order_id) FROM sales_order))");
        await pipeline.CaptureAsync();
        await pipeline.ExtractAsync();
        await pipeline.SweepAsync();

        Assert.Equal(
            await source.Database.RowsAsync("SELECT sales_order_id FROM sales_order ORDER BY 1"),
            await pipeline.Warehouse.RowsAsync("SELECT sales_order_id FROM warehouse.sales_order_current ORDER BY 1"));
    }

    private static async Task<TestPipeline> OpenAsync()
    {
        var pipeline = await SmallCompany.OpenAsync(isLarge: true);
        await pipeline.RunAsync();
        return pipeline;
    }

    private static Task<ExtractSummary> ExtractALittleAsync(TestPipeline pipeline)
    {
        var questions = 2;
        return pipeline.ExtractAsync(remaining: () => questions-- > 0 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
    }

    private static Task<IReadOnlyList<string>> ValuesAsync(TestPipeline pipeline, int key) => pipeline.Warehouse.RowsAsync(
        $"SELECT units_sold, unit_price, sales_staff_id, agreed_delivery_date FROM warehouse.fact_sales_order WHERE sales_order_id = {key}");

    private static Task<long> CountAsync(TestPipeline pipeline, string relation) => pipeline.Warehouse.ScalarAsync<long>($"SELECT count(*) FROM warehouse.{relation}");
}
