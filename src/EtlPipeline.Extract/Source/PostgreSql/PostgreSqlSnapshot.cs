using System.Globalization;
using System.Numerics;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Targets;
using Npgsql;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>
/// The run's one transaction. What the server refuses for a table is undone up to a savepoint, so that the other tables go on in the same snapshot;
/// a session that is lost ends the run.
/// </summary>
internal sealed class PostgreSqlSnapshot(
    PostgreSqlDatabase database, NpgsqlConnection connection, SnapshotPoint point, TableLocks locks, RelationCatalog catalog) : ISourceSnapshot
{
    public const string SetSavepoint = "SAVEPOINT snapshot_taken";

    private const string ToSavepoint = "ROLLBACK TO SAVEPOINT snapshot_taken";

    private const string WaitersSql = """
        SELECT EXISTS (
            SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid() AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
        """;

    private bool _isAborted;

    public SnapshotPoint Point => point;

    public async Task<SourceRelation> DescribeAsync(ListedTable table, CancellationToken cancellationToken)
    {
        var name = table.Name;
        if (locks.FindFault(name) is { } fault) throw new PipelineException($"Table '{name}' could not be locked: {fault}");
        return await GuardAsync(name, async () =>
        {
            var found = await catalog.FindAsync(name, cancellationToken);
            if (found is not { HasRows: true }) throw Missing(name);
            if (!found.IsReadable) throw Forbidden(name);
            // What no copy can be made of would lie in the lake, and fail every run.
            if (TargetCatalogue.OfSource(name).Count == 0 && !TargetCatalogue.IsLookUp(name)) _ = CopyTarget.NameOf(name);
            if (!locks.IsLocked(name)) await TouchAsync(name, found, cancellationToken);
            return await catalog.DescribeAsync(table, cancellationToken);
        }, cancellationToken);
    }

    public Task<RangeCount> CountAsync(SourceRelation relation, KeyRange range, ChangedSince? since, CancellationToken cancellationToken)
    {
        var values = new SqlValues.Parameters();
        return OneAsync(relation, Query(relation, values).Count(range, since), values, row => new RangeCount(
            row.GetInt64(0),
            Sum(row.GetString(1)),
            row.GetInt64(2),
            row.IsDBNull(3) ? [] : [.. row.GetFieldValue<int[]>(3).Select(offset => point.Xmin + (ulong)offset)]), cancellationToken);
    }

    public Task<IReadOnlyList<SegmentCount>> CountSegmentsAsync(
        SourceRelation relation, KeyRange range, IReadOnlyList<RowKey> bounds, ChangedSince? since, CancellationToken cancellationToken) => GuardAsync(relation.Table, async () =>
    {
        var values = new SqlValues.Parameters();
        var counts = new SegmentCount[bounds.Count + 1];
        var sql = Query(relation, values).CountSegments(range, bounds, since);
        foreach (var (segment, count) in await connection.QueryAsync(
            sql, values.All, row => (row.GetInt32(0), new SegmentCount(row.GetInt64(1), Sum(row.GetString(2)), row.GetInt64(3))), cancellationToken))
        {
            counts[segment] = count;
        }

        return (IReadOnlyList<SegmentCount>)counts;
    }, cancellationToken);

    public Task<ContentCount> CountContentAsync(SourceRelation relation, CancellationToken cancellationToken)
    {
        var values = new SqlValues.Parameters();
        return OneAsync(relation, Query(relation, values).Content(), values, row =>
            new ContentCount(row.GetInt64(0), $"{row.GetInt64(0).ToString(CultureInfo.InvariantCulture)}:{row.GetString(1)}"), cancellationToken);
    }

    public Task<RowReader> ReadAsync(SourceRelation relation, RowSelection selection, CancellationToken cancellationToken) => GuardAsync(relation.Table, async () =>
    {
        var values = new SqlValues.Settings(relation.IsIndexed);
        var sql = Query(relation, values).Rows(selection);
        await values.SetAsync(connection, cancellationToken);
        var copy = await connection.BeginTextExportAsync($"COPY ({sql}) TO STDOUT", cancellationToken);
        return new RowReader(new CopyLines(this, relation.Table, (NpgsqlCopyTextReader)copy), relation, point.Xmin);
    }, cancellationToken);

    public async Task<bool> IsHoldingUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LeaveAbortAsync(cancellationToken);
            return (await connection.QueryAsync(WaitersSql, [], row => row.GetBoolean(0), cancellationToken))[0];
        }
        catch (NpgsqlException exception)
        {
            throw database.Failure(exception);
        }
    }

    /// <summary>Ends the transaction. If the session is lost already, so is the transaction.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection.State != System.Data.ConnectionState.Open) return;
        try
        {
            await connection.ExecuteAsync("ROLLBACK", CancellationToken.None);
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
        await connection.ExecuteAsync(RowQuery.Touch(database.Schema, table), cancellationToken);
    }

    private RowQuery Query(SourceRelation relation, SqlValues values) => new(database.Schema, relation, point, values);

    private Task<T> OneAsync<T>(SourceRelation relation, string sql, SqlValues.Parameters values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        GuardAsync(relation.Table, async () => (await connection.QueryAsync(sql, values.All, read, cancellationToken))[0], cancellationToken);

    private async Task<T> GuardAsync<T>(TableName table, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            await LeaveAbortAsync(cancellationToken);
            return await action();
        }
        catch (NpgsqlException exception)
        {
            throw Failure(table, exception);
        }
    }

    private async Task LeaveAbortAsync(CancellationToken cancellationToken)
    {
        if (_isAborted) await connection.ExecuteAsync(ToSavepoint, cancellationToken);
        _isAborted = false;
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

    private PipelineException Forbidden(TableName table)
    {
        var (schema, role) = (SqlIdentifier.Quote(database.Schema), SqlIdentifier.Quote(database.User));
        return new($"Table '{table}' can't be read: GRANT USAGE ON SCHEMA {schema} TO {role}; GRANT SELECT ON {schema}.{SqlIdentifier.Quote(table.Value)} TO {role};");
    }

    private static BigInteger Sum(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What COPY sends. If it isn't read to its end, it is cancelled: the rest would be sent all the same.</summary>
    private sealed class CopyLines(PostgreSqlSnapshot snapshot, TableName table, NpgsqlCopyTextReader copy) : ICopyLines
    {
        private readonly NpgsqlRawCopyStream _stream = (NpgsqlRawCopyStream)copy.BaseStream;
        private bool _isOver;

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            try
            {
                var read = await _stream.ReadAsync(buffer, cancellationToken);
                _isOver |= read == 0;
                return read;
            }
            catch (NpgsqlException exception)
            {
                _isOver = true;
                throw snapshot.Failure(table, exception);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                snapshot._isAborted |= !_isOver;
                if (!_isOver) await _stream.CancelAsync();
                await copy.DisposeAsync();
            }
            catch (Exception exception) when (exception is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } or OperationCanceledException)
            {
                // As it was asked to be.
            }
            catch (NpgsqlException exception)
            {
                throw snapshot.Failure(table, exception);
            }
        }
    }
}
