using EtlPipeline.SampleData.Tables;
using Npgsql;

namespace EtlPipeline.SampleData.Databases;

/// <summary>The sequence that a table's new keys come from.</summary>
internal static class TableSequence
{
    /// <summary>Makes the next key the one after the highest.</summary>
    public static async Task SetAsync(NpgsqlConnection connection, TotesysTable table, CancellationToken cancellationToken)
    {
        var (quotedTable, quotedKey) = (Identifier.Quote(table.Name), Identifier.Quote(table.Key.Name));
        var sql = $"""
            SELECT setval(pg_get_serial_sequence($1, $2), highest, true)
            FROM (SELECT max({quotedKey}) AS highest FROM {quotedTable}) AS keys
            WHERE highest IS NOT NULL
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new() { Value = quotedTable }, new() { Value = table.Key.Name } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
