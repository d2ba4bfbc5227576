using EtlPipeline.Local.Demo;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Tests.Demo;

/// <summary>A look into the databases of a demo.</summary>
internal sealed class DemoDatabases(DemoServer server)
{
    public string PsqlCommand => Local.Demo.PsqlCommand.Write(server.Database(DemoServer.Warehouse), passwordFile: null);

    public static async Task<DemoDatabases> OpenAsync(DemoFolder folder)
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, isPlain: true, isVerbose: false);
        return new DemoDatabases(await DemoServer.ResumeAsync(folder, terminal, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    public Task<DateTime> ReadMomentAsync() => FindAsync<DateTime>(DemoServer.Totesys, "SELECT moment FROM demo.day");

    public Task<long> CountAsync(string database, string table) => FindAsync<long>(database, $"SELECT count(*) FROM {table}");

    /// <summary>Asserts that the newest records are the source's rows, in what an order and a payment are told by.</summary>
    public async Task AssertWarehouseFollowedAsync()
    {
        await AssertEqualAsync(
            "SELECT md5(string_agg(concat_ws('|', sales_order_id, staff_id, design_id, units_sold, unit_price, agreed_delivery_date, agreed_delivery_location_id), ',' ORDER BY sales_order_id)) FROM sales_order",
            "SELECT md5(string_agg(concat_ws('|', sales_order_id, sales_staff_id, design_id, units_sold, unit_price, agreed_delivery_date, agreed_delivery_location_id), ',' ORDER BY sales_order_id)) FROM sales_order_current");
        await AssertEqualAsync(
            "SELECT md5(string_agg(concat_ws('|', payment_id, payment_amount, paid), ',' ORDER BY payment_id)) FROM payment",
            "SELECT md5(string_agg(concat_ws('|', payment_id, payment_amount, paid), ',' ORDER BY payment_id)) FROM payment_current");
    }

    private async Task AssertEqualAsync(string source, string warehouse) => Assert.Equal(
        await FindAsync<string>(DemoServer.Totesys, source), await FindAsync<string>(DemoServer.Warehouse, warehouse));

    private async Task<T> FindAsync<T>(string database, string sql)
    {
        await using var session = await DemoSession.OpenAsync(server, database, TestContext.Current.CancellationToken);
        return await session.FindAsync<T>(sql, TestContext.Current.CancellationToken);
    }
}
