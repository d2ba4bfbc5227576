using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>
/// Locks tables against TRUNCATE and rewrites before the snapshot is taken: those don't respect a snapshot, and would make a table look empty.
/// </summary>
internal sealed class TableLocks(PostgreSqlDatabase database, NpgsqlConnection connection)
{
    // A failed LOCK aborts the transaction, so only what is there and may be read is tried. Foreign tables and materialized views can't be locked.
    private const string LockableSql = """
        SELECT relation.relname
        FROM pg_class AS relation
        JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
        WHERE namespace.nspname = $1
          AND relation.relname = ANY ($2)
          AND relation.relkind IN ('r', 'p', 'v')
          AND has_schema_privilege(namespace.oid, 'USAGE')
          AND has_table_privilege(relation.oid, 'SELECT')
        """;

    private readonly Dictionary<TableName, string> _faults = [];
    private readonly HashSet<TableName> _locked = [];

    /// <summary>The tables that can be locked. It looks at the catalog, so it has to be asked before the transaction begins.</summary>
    public async Task<IReadOnlyList<TableName>> FindLockableAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LockableSql, connection)
        {
            Parameters = { new() { Value = database.Schema }, new() { Value = tables.Select(table => table.Value).ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lockable = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken)) lockable.Add(reader.GetString(0));
        return [.. tables.Where(table => lockable.Contains(table.Value))];
    }

    /// <summary>
    /// Locks the tables: all at once where nothing stands in the way, else one by one. What goes wrong with one is kept until it is described.
    /// None of these statements takes a snapshot.
    /// </summary>
    public async Task TakeAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        if (tables.Count == 0 || await TryTakeAsync(tables, "NOWAIT", cancellationToken) is null) return;
        foreach (var table in tables)
        {
            if (await TryTakeAsync([table], wait: null, cancellationToken) is { } fault) _faults.Add(table, fault);
        }
    }

    /// <summary>Whether a table is locked.</summary>
    public bool IsLocked(TableName table) => _locked.Contains(table);

    /// <summary>Why a table could not be locked; null where it could, or was not tried.</summary>
    public string? FindFault(TableName table) => _faults.GetValueOrDefault(table);

    /// <summary>Null where the tables are locked now, else why not one of them is.</summary>
    private async Task<string?> TryTakeAsync(IReadOnlyList<TableName> tables, string? wait, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", tables.Select(table => SqlName.Of(database.Schema, table)));
        try
        {
            await ExecuteAsync($"SAVEPOINT before_lock; LOCK TABLE {names} IN ACCESS SHARE MODE {wait}", cancellationToken);
            _locked.UnionWith(tables);
            return null;
        }
        catch (PostgresException exception) when (connection.State == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync("ROLLBACK TO SAVEPOINT before_lock", cancellationToken);
            return database.Failure(exception).Message;
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
