using Npgsql;

namespace EtlPipeline.SampleData.Databases;

/// <summary>
/// Things that happen to a database beside its history, on the tables of <see cref="TotesysSchema"/>. After one of them the database is no
/// longer at a moment of the history, but it can be advanced all the same: what the history does to a row that is gone does nothing.
/// </summary>
public static class TotesysIncidents
{
    /// <summary>Gives the newest sales orders to another member of staff, without a trace in <c>last_updated</c>.</summary>
    /// <param name="connection">The session.</param>
    /// <param name="orders">How many.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The keys of the orders.</returns>
    public static async Task<IReadOnlyList<int>> UpdateSilentlyAsync(
        NpgsqlConnection connection, int orders, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlScript.Read("update_silently.sql"), connection)
        {
            Parameters = { new() { Value = orders } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<int>();
        while (await reader.ReadAsync(cancellationToken)) keys.Add(reader.GetInt32(0));
        return keys;
    }

    /// <summary>Deletes a sales order and its payment; its transaction stays without a leg, and with the same <c>last_updated</c>.</summary>
    /// <returns>Whether there was such an order.</returns>
    public static async Task<bool> DeleteSalesOrderAsync(NpgsqlConnection connection, int salesOrderId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlScript.Read("delete_sales_order.sql"), connection)
        {
            Parameters = { new() { Value = salesOrderId } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Sets every <c>last_updated</c> of every table to NULL, as in November 2025, and allows it to be.</summary>
    public static async Task SetLastUpdatedToNullAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlScript.Read("set_last_updated_to_null.sql"), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
