using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>
/// Locks tables against TRUNCATE and rewrites before the snapshot is taken: those don't respect a snapshot, and would make a table look empty.
/// </summary>
internal sealed class TableLocks(PostgreSqlDatabase database, NpgsqlConnection connection)
{
    private readonly Dictionary<TableName, string> _faults = [];
    private readonly HashSet<TableName> _locked = [];

    /// <summary>The tables that can be locked. It looks at the catalog, so it has to be asked before the transaction begins.</summary>
    public async Task<IReadOnlyList<TableName>> FindLockableAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        var names = await connection.QueryAsync(
            SqlFile.Lockable,
            [SqlRunner.Parameter(database.Schema), SqlRunner.Parameter(tables.Select(table => table.Value).ToArray())],
            row => row.GetString(0),
            cancellationToken);
        var lockable = names.ToHashSet();
        return [.. tables.Where(table => lockable.Contains(table.Value))];
    }

    /// <summary>
    /// Locks the tables: all at once if nothing stands in the way, else one by one. What goes wrong with one is kept until it is described.
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

    /// <summary>Why a table could not be locked; null if it could, or was not tried.</summary>
    public string? FindFault(TableName table) => _faults.GetValueOrDefault(table);

    /// <summary>Null if the tables are locked now, else why not one of them is.</summary>
    private async Task<string?> TryTakeAsync(IReadOnlyList<TableName> tables, string? wait, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", tables.Select(table => SqlIdentifier.Quote(database.Schema, table.Value)));
        try
        {
            await connection.ExecuteAsync($"SAVEPOINT before_lock; LOCK TABLE {names} IN ACCESS SHARE MODE {wait}", cancellationToken);
            _locked.UnionWith(tables);
            return null;
        }
        catch (PostgresException exception) when (connection.State == System.Data.ConnectionState.Open)
        {
            await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT before_lock", cancellationToken);
            return database.Failure(exception).Message;
        }
    }
}
