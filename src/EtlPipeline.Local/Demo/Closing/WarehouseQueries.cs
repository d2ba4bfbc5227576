using System.Runtime.CompilerServices;
using Npgsql;

namespace EtlPipeline.Local.Demo.Closing;

/// <summary>What the demo asks the warehouse for when it ends.</summary>
internal static class WarehouseQueries
{
    public static IAsyncEnumerable<LatestSale> LatestSalesAsync(DemoSession session, CancellationToken cancellationToken) => ReadAsync(
        session,
        "latest_sales.sql",
        row => new LatestSale(
            row.GetInt32(0),
            row.GetFieldValue<DateOnly>(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetInt32(5),
            row.GetDecimal(6),
            row.GetString(7),
            row.GetFieldValue<DateOnly>(8)),
        cancellationToken);

    public static IAsyncEnumerable<OrderRecord> ChangedOrderAsync(DemoSession session, CancellationToken cancellationToken) => ReadAsync(
        session,
        "changed_order.sql",
        row => new OrderRecord(
            row.GetInt32(0),
            row.GetInt32(1),
            row.GetDateTime(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            row.GetInt32(7),
            row.GetFieldValue<DateOnly>(8),
            row.GetString(9)),
        cancellationToken);

    private static async IAsyncEnumerable<T> ReadAsync<T>(
        DemoSession session, string script, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlScript.Read(script), session.Connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) yield return read(reader);
    }
}
