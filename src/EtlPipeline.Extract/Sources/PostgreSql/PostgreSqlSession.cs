using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>A session that holds the run's lock.</summary>
internal sealed class PostgreSqlSession(PostgreSqlDatabase database, NpgsqlConnection connection, ILogger logger) : ISourceSession
{
    /// <summary>
    /// The advisory lock of Extract, <c>ETLEXTRA</c> in ASCII. Advisory locks are a database's own, so runs over two databases don't meet.
    /// </summary>
    public const long LockKey = 0x45544C4558545241;

    public async Task<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = LockKey } } };
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (NpgsqlException exception)
        {
            throw database.Failure(exception);
        }
    }

    public async Task<ISourceSnapshot> TakeSnapshotAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        try
        {
            var locks = new TableLocks(database, connection);
            var candidates = await locks.FindLockableAsync(tables, cancellationToken);
            // A row-level security policy would hide rows without a word; now it is an error.
            await ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL row_security = off", cancellationToken);
            await locks.TakeAsync(candidates, cancellationToken);
            var point = await SnapshotPointQuery.ReadAsync(connection, cancellationToken);
            await ExecuteAsync(PostgreSqlSnapshot.SetSavepoint, cancellationToken);
            return new PostgreSqlSnapshot(database, connection, point, locks, new RelationCatalog(connection, database.Schema, tables));
        }
        catch (NpgsqlException exception)
        {
            throw database.Failure(exception);
        }
    }

    /// <summary>Frees the lock and ends the session. The server would free it too, but some time after the next run may have asked for it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await ExecuteAsync("ROLLBACK", CancellationToken.None);
                await ExecuteAsync("SELECT pg_advisory_unlock_all()", CancellationToken.None);
            }
        }
        catch (NpgsqlException exception)
        {
            Log.SessionLost(logger, database.ToString(), exception.Message);
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
