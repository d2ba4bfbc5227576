using EtlPipeline.SampleData.Databases;
using EtlPipeline.SampleData.Tables;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.SampleData.Tests.Databases;

public sealed class TotesysIncidentsTests
{
    private static readonly DateTimeOffset Moment = Histories.Utc(2024, 12, 13, 20, 0);

    private const string AllLastUpdated = "SELECT string_agg(last_updated::text, ',' ORDER BY sales_order_id) FROM sales_order";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silent_updates_leave_no_trace_in_last_updated()
    {
        await using var totesys = await CreateAsync();
        var before = await totesys.ScalarAsync<string>(AllLastUpdated);
        await totesys.ExecuteAsync("CREATE TABLE earlier AS SELECT * FROM sales_order");
        await using var connection = await totesys.OpenAsync();
        var keys = await TotesysIncidents.UpdateSilentlyAsync(connection, 3, Cancellation);
        var changed = await totesys.ScalarAsync<int[]>(
            """
            SELECT array_agg(later.sales_order_id ORDER BY later.sales_order_id)
            FROM sales_order AS later JOIN earlier USING (sales_order_id) WHERE later.staff_id <> earlier.staff_id
            """);
        Assert.Equal(keys.Order(), changed);
        Assert.Equal(3, keys.Count);
        Assert.Equal(before, await totesys.ScalarAsync<string>(AllLastUpdated));
    }

    [Fact]
    public async Task A_deleted_order_takes_its_payment_with_it_and_leaves_its_transaction()
    {
        await using var totesys = await CreateAsync();
        var order = await totesys.ScalarAsync<int>("SELECT max(sales_order_id) FROM sales_order");
        var payments = await totesys.ScalarAsync<long>("SELECT count(*) FROM payment");
        var transaction = await totesys.ScalarAsync<int>($"SELECT transaction_id FROM transaction WHERE sales_order_id = {order}");
        await using var connection = await totesys.OpenAsync();
        Assert.True(await TotesysIncidents.DeleteSalesOrderAsync(connection, order, Cancellation));
        Assert.False(await TotesysIncidents.DeleteSalesOrderAsync(connection, order, Cancellation));
        Assert.Equal(payments - 1, await totesys.ScalarAsync<long>("SELECT count(*) FROM payment"));
        Assert.True(await totesys.ScalarAsync<bool>(
            $"SELECT sales_order_id IS NULL FROM transaction WHERE transaction_id = {transaction}"));
    }

    [Fact]
    public async Task Every_last_updated_of_every_table_becomes_null_and_life_goes_on()
    {
        await using var totesys = await CreateAsync();
        await using var connection = await totesys.OpenAsync();
        await TotesysIncidents.SetLastUpdatedToNullAsync(connection, Cancellation);
        foreach (var table in TotesysTables.All)
            Assert.Equal(0, await totesys.ScalarAsync<long>($"SELECT count(last_updated) FROM {table}"));
        await TotesysDatabase.AdvanceAsync(connection, Histories.Real, Moment, Moment.AddDays(3), Cancellation);
        Assert.NotEqual(0, await totesys.ScalarAsync<long>("SELECT count(last_updated) FROM sales_order"));
    }

    [Fact]
    public async Task A_database_in_which_orders_were_deleted_can_live_on()
    {
        await using var totesys = await CreateAsync();
        await using var connection = await totesys.OpenAsync();
        var keys = await TotesysIncidents.UpdateSilentlyAsync(connection, 50, Cancellation);
        foreach (var key in keys) await TotesysIncidents.DeleteSalesOrderAsync(connection, key, Cancellation);
        await TotesysDatabase.AdvanceAsync(connection, Histories.Real, Moment, Moment.AddDays(10), Cancellation);
        Assert.False(await totesys.ScalarAsync<bool>(
            $"SELECT EXISTS (SELECT FROM sales_order WHERE sales_order_id IN ({string.Join(',', keys)}))"));
    }

    [Fact]
    public async Task The_schema_is_not_made_twice()
    {
        await using var totesys = await TestDatabase.CreateAsync();
        await using var connection = await totesys.OpenAsync();
        await TotesysSchema.CreateAsync(connection, Cancellation);
        await Assert.ThrowsAsync<PostgresException>(() => TotesysSchema.CreateAsync(connection, Cancellation));
    }

    private static async Task<TestDatabase> CreateAsync()
    {
        var totesys = await TestDatabase.CreateTotesysAsync();
        await using var connection = await totesys.OpenAsync();
        await TotesysDatabase.FillAsync(connection, Histories.Real, Moment, Cancellation);
        return totesys;
    }
}
