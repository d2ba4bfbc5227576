using EtlPipeline.SampleData.Tables;
using Npgsql;
using NpgsqlTypes;

namespace EtlPipeline.SampleData.Databases;

/// <summary>Writes rows into a table by binary COPY.</summary>
internal static class TableWriter
{
    /// <param name="connection">The session.</param>
    /// <param name="table">The form of the rows.</param>
    /// <param name="target">The name of the table that they go into, unquoted.</param>
    /// <param name="rows">The rows; they are made while they are sent.</param>
    /// <param name="cancellationToken">Ends the work; the rows are then not there.</param>
    public static async Task CopyAsync(
        NpgsqlConnection connection, TotesysTable table, string target, IEnumerable<ITotesysRow> rows, CancellationToken cancellationToken)
    {
        var types = table.Columns.Select(column => Type(column.Kind)).ToArray();
        await using var importer = await connection.BeginBinaryImportAsync(Command(table, target), cancellationToken);
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            var values = row.ToValues();
            for (var position = 0; position < values.Length; position++)
                await WriteAsync(importer, values[position], types[position], cancellationToken);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static string Command(TotesysTable table, string target) =>
        $"COPY {Identifier.Quote(target)} ({Identifier.List(table.Columns)}) FROM STDIN (FORMAT binary)";

    private static Task WriteAsync(NpgsqlBinaryImporter importer, object? value, NpgsqlDbType type, CancellationToken cancellationToken) =>
        value is null ? importer.WriteNullAsync(cancellationToken) : importer.WriteAsync(value, type, cancellationToken);

    // The binary form of an enum is its label, so an enum is sent as a text.
    private static NpgsqlDbType Type(ColumnKind kind) => kind switch
    {
        ColumnKind.WholeNumber => NpgsqlDbType.Integer,
        ColumnKind.Numeric => NpgsqlDbType.Numeric,
        ColumnKind.Timestamp => NpgsqlDbType.Timestamp,
        ColumnKind.Boolean => NpgsqlDbType.Boolean,
        _ => NpgsqlDbType.Text,
    };
}

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
