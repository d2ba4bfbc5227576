using System.Runtime.CompilerServices;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>
/// The run's one transaction. What the server refuses for a table is undone up to a savepoint, so that the other tables go on in the same snapshot;
/// a session that is lost ends the run.
/// </summary>
internal sealed class PostgreSqlSnapshot(
    PostgreSqlDatabase database, NpgsqlConnection connection, SnapshotPoint point, TableLocks locks, RelationCatalog catalog) : ISourceSnapshot
{
    public const string SetSavepoint = "SAVEPOINT snapshot_taken";

    private const string ToSavepoint = "ROLLBACK TO SAVEPOINT snapshot_taken";

    private bool _isAborted;

    public SnapshotPoint Point => point;

    public async Task<SourceRelation> DescribeAsync(TableName table, CancellationToken cancellationToken)
    {
        if (locks.FindFault(table) is { } fault) throw new PipelineException($"Table '{table}' could not be locked: {fault}");
        return await GuardAsync(table, async () =>
        {
            var found = await catalog.FindAsync(table, cancellationToken);
            if (found is not { HasRows: true }) throw Missing(table);
            if (!found.IsReadable) throw new PipelineException($"Table '{table}' can't be read; GRANT SELECT on it, and USAGE on its schema, to the role");
            if (!locks.IsLocked(table)) await TouchAsync(table, found, cancellationToken);
            return await catalog.DescribeAsync(table, cancellationToken);
        });
    }

    public Task<long> CountAsync(SourceRelation relation, CancellationToken cancellationToken) => GuardAsync(relation.Table, async () =>
    {
        await using var command = Query(relation).Count();
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    });

    public IAsyncEnumerable<string?[]> ReadAsync(SourceRelation relation, RowFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(relation.Table, Query(relation).Rows(filter), cancellationToken);

    public IAsyncEnumerable<string?[]> ReadKeysAsync(SourceRelation relation, CancellationToken cancellationToken) =>
        ReadAsync(relation.Table, Query(relation).Keys(), cancellationToken);

    /// <summary>Ends the transaction. Where the session is lost already, so is the transaction.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection.State != System.Data.ConnectionState.Open) return;
        try
        {
            await ExecuteAsync("ROLLBACK");
        }
        catch (NpgsqlException exception)
        {
            throw database.Failure(exception);
        }
    }

    /// <summary>Takes the lock of what LOCK TABLE can't lock. Of what it can, this was made since.</summary>
    private async Task TouchAsync(TableName table, CatalogRelation found, CancellationToken cancellationToken)
    {
        if (found.IsLockable) throw Missing(table);
        await using var touch = RowQuery.Touch(connection, database.Schema, table);
        await touch.ExecuteNonQueryAsync(cancellationToken);
    }

    private RowQuery Query(SourceRelation relation) => new(connection, database.Schema, relation);

    private async IAsyncEnumerable<string?[]> ReadAsync(
        TableName table, NpgsqlCommand query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = query;
        await using var reader = await GuardAsync(table, () => command.ExecuteReaderAsync(cancellationToken));
        var values = new string?[reader.FieldCount];
        while (await NextAsync(table, reader, cancellationToken))
        {
            for (var i = 0; i < values.Length; i++) values[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            yield return values;
        }
    }

    private async ValueTask<bool> NextAsync(TableName table, NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw Failure(table, exception);
        }
    }

    private async Task<T> GuardAsync<T>(TableName table, Func<Task<T>> action)
    {
        try
        {
            if (_isAborted) await ExecuteAsync(ToSavepoint);
            _isAborted = false;
            return await action();
        }
        catch (NpgsqlException exception)
        {
            throw Failure(table, exception);
        }
    }

    private Exception Failure(TableName table, NpgsqlException exception)
    {
        var failure = database.Failure(exception);
        if (exception is not PostgresException || connection.State != System.Data.ConnectionState.Open) return failure;
        _isAborted = true;
        return new PipelineException($"Table '{table}' can't be read: {failure.Message}", failure);
    }

    private PipelineException Missing(TableName table) =>
        new($"There is no table '{table}' in the schema '{database.Schema}'; make it, or take it out of AWS_TABLES_LIST");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
