using EtlPipeline.SampleData.Tables;
using Npgsql;

namespace EtlPipeline.SampleData.Databases;

/// <summary>What changes in a table between two states, and the statements that bring it into the database.</summary>
internal sealed class TableChanges
{
    private readonly TotesysTable _table;
    private readonly RowChange[] _changes;

    public TableChanges(TotesysTable table, SampleState earlier, SampleState later)
    {
        _table = table;
        _changes = [.. table.Changes(earlier, later)];
    }

    public async Task InsertAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = _changes.OfType<RowChange.Inserted>().Select(change => change.Row).ToArray();
        if (rows.Length == 0) return;
        await TableWriter.CopyAsync(connection, _table, _table.Name, rows, cancellationToken);
        await TableSequence.SetAsync(connection, _table, cancellationToken);
    }

    /// <summary>Updates in one statement, from a temporary table that ends with the transaction.</summary>
    public async Task UpdateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = _changes.OfType<RowChange.Updated>().Select(change => change.Row).ToArray();
        if (rows.Length == 0) return;
        var updated = $"updated_{_table.Name}";
        var (target, source, key) = (Identifier.Quote(_table.Name), Identifier.Quote(updated), Identifier.Quote(_table.Key.Name));
        var columns = Identifier.List(_table.Columns);
        await ExecuteAsync(connection, $"CREATE TEMPORARY TABLE {source} (LIKE {target}) ON COMMIT DROP", cancellationToken);
        await TableWriter.CopyAsync(connection, _table, updated, rows, cancellationToken);
        var sql = $"""
            UPDATE {target} SET ({columns}) =
                (SELECT {columns} FROM {source} AS updated WHERE updated.{key} = {target}.{key})
            WHERE {key} IN (SELECT {key} FROM {source})
            """;
        await ExecuteAsync(connection, sql, cancellationToken);
    }

    public async Task DeleteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var keys = _changes.OfType<RowChange.Deleted>().Select(change => change.Row.Key).ToArray();
        if (keys.Length == 0) return;
        var sql = $"DELETE FROM {Identifier.Quote(_table.Name)} WHERE {Identifier.Quote(_table.Key.Name)} = ANY ($1)";
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = keys } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>What happens between two states, as the statements of one transaction in the order that the foreign keys ask for.</summary>
internal static class HistoryStep
{
    public static async Task ApplyAsync(
        NpgsqlConnection connection, SampleState earlier, SampleState later, CancellationToken cancellationToken)
    {
        var changes = TotesysTables.All.Select(table => new TableChanges(table, earlier, later)).ToArray();
        foreach (var table in changes) await table.InsertAsync(connection, cancellationToken);
        foreach (var table in changes) await table.UpdateAsync(connection, cancellationToken);
        foreach (var table in changes.Reverse()) await table.DeleteAsync(connection, cancellationToken);
    }
}
