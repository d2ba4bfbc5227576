using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests;

public sealed class EndToEndTests
{
    private static readonly DateTimeOffset FirstDay = new(2024, 12, 30, 20, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.05, Start = new DateOnly(2024, 6, 3) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_load_and_each_simulated_day_after_it_leave_a_right_warehouse()
    {
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        for (var day = 0; day < 4; day++)
        {
            await LiveADayAsync(pipeline, day);
            await pipeline.RunAsync();
            await pipeline.AssertIsRightAsync();
        }
    }

    [Fact]
    public async Task A_run_that_finds_nothing_new_writes_nothing()
    {
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();
        var records = await pipeline.Warehouse.ScalarAsync<long>("SELECT max(sales_record_id)::bigint FROM warehouse.fact_sales_order");

        var second = await pipeline.ExtractAsync();

        Assert.Empty(second.Versions);
        await pipeline.DrainAsync();
        await pipeline.SweepAsync();
        Assert.Equal(records, await pipeline.Warehouse.ScalarAsync<long>("SELECT max(sales_record_id)::bigint FROM warehouse.fact_sales_order"));
        await pipeline.AssertIsRightAsync();
    }

    [Fact]
    public async Task A_day_whose_transaction_stays_open_over_an_extract_arrives_with_the_next()
    {
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();
        await using var writer = await pipeline.Database.OpenAsync();

        await using (var late = await TotesysDatabase.BeginLateTransactionAsync(writer, History, FirstDay, FirstDay.AddDays(1), Token))
        {
            await pipeline.RunAsync();
            await pipeline.AssertIsRightAsync();
            await late.CommitAsync(Token);
        }

        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
    }

    [Fact]
    public async Task An_update_whose_transaction_stays_open_over_two_extracts_arrives_with_the_third()
    {
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();
        await using var writer = await pipeline.Database.OpenAsync();
        await using var late = await writer.BeginTransactionAsync(Token);
        // No row comes or goes, so the number of rows does not give it away.
        await using var update = new NpgsqlCommand("UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 2 = 0", writer, late);
        await update.ExecuteNonQueryAsync(Token);

        for (var run = 0; run < 2; run++)
        {
            await pipeline.Database.ExecuteAsync("UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 2 = 1");
            await pipeline.RunAsync();
        }

        await late.CommitAsync(Token);
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
    }

    [Fact]
    public async Task Silent_updates_deletes_and_a_lost_last_updated_arrive()
    {
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();
        await using var writer = await pipeline.Database.OpenAsync();

        await TotesysIncidents.UpdateSilentlyAsync(writer, 5, Token);
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await TotesysIncidents.DeleteSalesOrderAsync(writer, await AnyOrderAsync(pipeline), Token);
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await TotesysIncidents.SetLastUpdatedToNullAsync(writer, Token);
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await TotesysIncidents.UpdateSilentlyAsync(writer, 3, Token);
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
    }

    [Fact]
    public async Task Three_pending_versions_loaded_at_once_give_the_history_of_three_loads()
    {
        // A target that has no rows yet would begin at the newest version's oldest-read.
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();
        await LiveADayAsync(pipeline, 3);
        for (var day = 0; day < 3; day++)
        {
            await pipeline.CaptureAsync();
            await pipeline.ExtractAsync();
            await LiveADayAsync(pipeline, day);
        }

        await pipeline.SweepAsync();

        // The last day was lived after the last extract, so the oracle, which took down what the extracts saw, does not know it either.
        await pipeline.AssertIsRightAsync();
    }

    [Fact]
    public async Task A_full_extract_repairs_a_warehouse_without_a_record_too_many()
    {
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();

        await pipeline.RunAsync(new ExtractRequest { IsFull = true });

        await pipeline.AssertIsRightAsync();
    }

    [Fact]
    public async Task A_table_that_is_emptied_is_refused_until_it_is_allowed_and_the_others_go_on()
    {
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();
        await pipeline.Database.ExecuteAsync("DELETE FROM payment; UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 3 = 0");

        var refused = await Assert.ThrowsAsync<StageFailedException>(() => pipeline.ExtractAsync());
        await pipeline.DrainAsync();

        Assert.Equal(["payment"], refused.Failures.Select(failure => failure.Subject));
        await pipeline.RunAsync(new ExtractRequest { AcceptDeletes = new HashSet<TableName> { TableName.Parse("payment") } });
        await pipeline.AssertIsRightAsync();
    }

    private static Task<TestPipeline> FilledAsync() => TestPipeline.CreateFilledAsync(History, FirstDay);

    private static Task LiveADayAsync(TestPipeline pipeline, int day) =>
        pipeline.LiveAsync(History, FirstDay.AddDays(day), FirstDay.AddDays(day + 1));

    private static Task<int> AnyOrderAsync(TestPipeline pipeline) =>
        pipeline.Database.ScalarAsync<int>("SELECT min(sales_order_id) FROM sales_order");
}
