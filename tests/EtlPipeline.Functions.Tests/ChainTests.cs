using EtlPipeline.Functions.Tests.Processes;
using EtlPipeline.Testing.Lambda;

namespace EtlPipeline.Functions.Tests;

public sealed class ChainTests
{
    private const string CountCurrent = "SELECT count(*) FROM sales_order_current";
    private const string CountRecords = "SELECT count(*) FROM fact_sales_order";

    [Fact]
    public async Task A_schedule_event_brings_what_changed_through_three_processes_into_the_warehouse()
    {
        await using var chain = await Chain.StartAsync();
        await chain.Lake.Source.ExecuteAsync(Sales.Open);
        await chain.Lake.Source.ExecuteAsync(Sales.Sell(1, 50));
        await chain.RunAsync();
        Assert.Equal(
            ["50|155.00|Acme|Desk|GBP|Ann|Sales"],
            await chain.Lake.Warehouse.RowsAsync("""
                SELECT count(*), sum(unit_price), min(counterparty_legal_name), min(design_name), min(currency_code), min(first_name), min(department_name)
                FROM sales_order_current
                JOIN dim_counterparty USING (counterparty_id) JOIN dim_design USING (design_id) JOIN dim_currency USING (currency_id)
                JOIN dim_staff ON dim_staff.staff_id = sales_staff_id
                """));

        await chain.Lake.Source.ExecuteAsync(Sales.Sell(51, 60));
        await chain.Lake.Source.ExecuteAsync("UPDATE sales_order SET units_sold = 7 WHERE sales_order_id = 1; DELETE FROM sales_order WHERE sales_order_id = 2");
        await chain.RunAsync();

        Assert.Equal(59, await chain.Lake.Warehouse.ScalarAsync<long>(CountCurrent));
        Assert.Equal(61, await chain.Lake.Warehouse.ScalarAsync<long>(CountRecords));
        Assert.Equal(7, await chain.Lake.Warehouse.ScalarAsync<int>("SELECT units_sold FROM sales_order_current WHERE sales_order_id = 1"));
    }

    [Fact]
    public async Task Events_that_come_twice_or_in_any_order_change_nothing()
    {
        await using var chain = await Chain.StartAsync();
        await chain.Lake.Source.ExecuteAsync(Sales.Open);
        await chain.Lake.Source.ExecuteAsync(Sales.Sell(1, 5));
        Chain.AssertDone(await chain.Extract.Api.InvokeAsync("{}"));
        await chain.Lake.Source.ExecuteAsync(Sales.Sell(6, 8));
        Chain.AssertDone(await chain.Extract.Api.InvokeAsync("{}"));

        foreach (var key in (await Lake.KeysAsync(chain.Lake.Ingestion)).Reverse())
            Chain.AssertDone(await chain.Transform.Api.InvokeAsync(Lake.Notification(chain.Lake.Ingestion, [key])));
        await Chain.RingAsync(chain.Transform, chain.Lake.Ingestion);
        foreach (var key in (await Lake.KeysAsync(chain.Lake.Processed)).Reverse())
            Chain.AssertDone(await chain.Load.Api.InvokeAsync(Lake.Notification(chain.Lake.Processed, [key])));
        await Chain.RingAsync(chain.Load, chain.Lake.Processed);

        Assert.Equal(8, await chain.Lake.Warehouse.ScalarAsync<long>(CountCurrent));
        Assert.Equal(8, await chain.Lake.Warehouse.ScalarAsync<long>(CountRecords));
    }

    [Fact]
    public async Task A_sweep_makes_up_for_lost_events()
    {
        await using var chain = await Chain.StartAsync();
        await chain.Lake.Source.ExecuteAsync(Sales.Open);
        await chain.Lake.Source.ExecuteAsync(Sales.Sell(1, 5));

        Chain.AssertDone(await chain.Extract.Api.InvokeAsync("{}"));
        Chain.AssertDone(await chain.Transform.Api.InvokeAsync("{}"));
        Chain.AssertDone(await chain.Load.Api.InvokeAsync("{}"));

        Assert.Equal(5, await chain.Lake.Warehouse.ScalarAsync<long>(CountCurrent));
    }

    [Fact]
    public async Task A_full_extract_goes_through_and_adds_no_record()
    {
        await using var chain = await Chain.StartAsync();
        await chain.Lake.Source.ExecuteAsync(Sales.Open);
        await chain.Lake.Source.ExecuteAsync(Sales.Sell(1, 5));
        await chain.RunAsync();

        await chain.RunAsync("""{"full": true}""");

        Assert.Equal(5, await chain.Lake.Warehouse.ScalarAsync<long>(CountRecords));
        Assert.Equal(2, (await Lake.KeysAsync(chain.Lake.Processed)).Count(key => key.StartsWith("fact_sales_order/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_table_that_comes_up_empty_is_refused_until_the_event_allows_it()
    {
        await using var chain = await Chain.StartAsync();
        await chain.Lake.Source.ExecuteAsync(Sales.Open);
        await chain.Lake.Source.ExecuteAsync(Sales.Sell(1, 5));
        await chain.RunAsync();
        await chain.Lake.Source.ExecuteAsync("DELETE FROM sales_order");

        var refused = await chain.Extract.Api.InvokeAsync("{}");
        Assert.Contains("sales_order", refused.Message, StringComparison.Ordinal);
        Assert.Contains("acceptDeletes", refused.Message, StringComparison.Ordinal);

        await chain.RunAsync("""{"acceptDeletes": ["sales_order"]}""");
        Assert.Equal(0, await chain.Lake.Warehouse.ScalarAsync<long>(CountCurrent));
    }

    [Fact]
    public async Task Connections_that_died_while_a_function_was_frozen_are_replaced()
    {
        await using var chain = await Chain.StartAsync();
        await chain.Lake.Source.ExecuteAsync(Sales.Open);
        await chain.RunAsync();
        foreach (var database in new[] { chain.Lake.Source, chain.Lake.Warehouse })
            await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await chain.Lake.Source.ExecuteAsync(Sales.Sell(1, 5));

        await chain.RunAsync();

        Assert.Equal(5, await chain.Lake.Warehouse.ScalarAsync<long>(CountCurrent));
    }
}
