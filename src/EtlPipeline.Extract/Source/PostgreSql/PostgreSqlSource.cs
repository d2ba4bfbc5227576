using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Targets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>The OLTP database. A role that may SELECT from the tables is enough.</summary>
/// <param name="database">The database; <see cref="SessionLimits"/> are made for it.</param>
/// <param name="logger">What goes on without an error is noted there: a session that died, what a role may not see.</param>
public sealed class PostgreSqlSource(PostgreSqlDatabase database, ILogger logger) : ISource
{
    /// <summary>
    /// The limits of Extract's sessions: a transaction may lie idle while a large version is streamed past it, up to the longest time that a
    /// Lambda function can run.
    /// </summary>
    public static SessionOptions SessionLimits { get; } = new()
    {
        IdleInTransactionTimeout = TimeSpan.FromMinutes(15),
        LockTimeout = TimeSpan.FromSeconds(30),
    };

    /// <inheritdoc/>
    public SourceKind Kind => SourceKind.Oltp;

    /// <summary>The number of the advisory lock of the runs that write to a bucket. Such locks are a database's own.</summary>
    public static long LockOf(string bucket) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"etl-pipeline extract {bucket}")));

    /// <inheritdoc/>
    /// <exception cref="DatabaseException">The database could not be reached, or refused.</exception>
    /// <exception cref="PipelineException">A pooler answers in the database's place.</exception>
    public async Task<ISourceSession?> TryBeginAsync(string bucket, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken);
        var session = new PostgreSqlSession(database, connection, logger);
        try
        {
            if (await session.TryLockAsync(LockOf(bucket), cancellationToken)) return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return null;
    }
}

/// <summary>A session that holds the run's lock.</summary>
internal sealed class PostgreSqlSession(PostgreSqlDatabase database, NpgsqlConnection connection, ILogger logger) : ISourceSession
{
    // What a standby has replayed has to be read before the transaction begins: the snapshot then holds at least that.
    private const string BeginSql = """
        SELECT pg_backend_pid(),
               pg_try_advisory_lock($1),
               CASE WHEN pg_is_in_recovery() THEN (pg_last_wal_replay_lsn() - '0/0')::text END,
               has_function_privilege('pg_control_system()', 'EXECUTE'),
               has_function_privilege('pg_current_wal_insert_lsn()', 'EXECUTE')
        """;

    private (ulong? ReplayedBefore, bool CanSeeSystem, bool CanSeeWal) _begin;

    public async Task<bool> TryLockAsync(long number, CancellationToken cancellationToken)
    {
        try
        {
            var found = await connection.QueryAsync(BeginSql, [SqlRunner.Parameter(number)], row => (
                ProcessId: row.GetInt32(0),
                IsLocked: row.GetBoolean(1),
                Begin: (row.IsDBNull(2) ? (ulong?)null : Position(row.GetString(2)), row.GetBoolean(3), row.GetBoolean(4))), cancellationToken);
            CheckDirect(found[0].ProcessId);
            _begin = found[0].Begin;
            return found[0].IsLocked;
        }
        catch (NpgsqlException exception)
        {
            throw database.Failure(exception);
        }
    }

    public async Task<IReadOnlyList<ListedTable>> ListAsync(TableList tables, CancellationToken cancellationToken)
    {
        if (!tables.IsAll) return tables.Tables;
        try
        {
            var all = await connection.QueryAsync(
                SqlFile.AllTables, [SqlRunner.Parameter(database.Schema)], row => (Name: row.GetString(0), HasKey: row.GetBoolean(1)), cancellationToken);
            var meant = all.Where(table => !TableName.TryParse(table.Name, out var name) || IsAlsoMeant(name));
            return [.. tables.Tables, .. meant.Where(CanBeCarried).Select(table => new ListedTable(TableName.Parse(table.Name), []))];
        }
        catch (NpgsqlException exception)
        {
            throw database.Failure(exception);
        }

        bool IsAlsoMeant(TableName table) => !tables.Excluded.Contains(table) && !tables.Tables.Any(listed => listed.Name == table);
    }

    /// <summary>Whether a table that nobody has named can be carried; if not, a warning says why.</summary>
    private bool CanBeCarried((string Name, bool HasKey) table)
    {
        if (!TableName.TryParse(table.Name, out var name)) Log.TableLeftOut(logger, table.Name, CopyTarget.WhyUnnamable(table.Name));
        else if (!table.HasKey) Log.TableWithoutKey(logger, name);
        else if (TargetCatalogue.OfSource(name).Count == 0 && !CopyTarget.TryNameOf(name, out _)) Log.TableLeftOut(logger, table.Name, CopyTarget.WhyTooLong(name));
        else return true;
        return false;
    }

    public async Task<ISourceSnapshot> TakeSnapshotAsync(IReadOnlyList<ListedTable> tables, CancellationToken cancellationToken)
    {
        try
        {
            var names = tables.Select(table => table.Name).ToList();
            var locks = new TableLocks(database, connection);
            var candidates = await locks.FindLockableAsync(names, cancellationToken);
            // A row-level security policy would hide rows without a word; now it is an error. Who waits for a lock makes others wait.
            await connection.ExecuteAsync(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL row_security = off; SET LOCAL lock_timeout = '900ms'", cancellationToken);
            await locks.TakeAsync(candidates, cancellationToken);
            var (point, processId) = await SnapshotQuery.ReadAsync(connection, _begin.CanSeeSystem, _begin.CanSeeWal, cancellationToken);
            CheckDirect(processId);
            WarnOfWhatIsHidden();
            await connection.ExecuteAsync(PostgreSqlSnapshot.SetSavepoint, cancellationToken);
            return new PostgreSqlSnapshot(
                database, connection, point with { ReplayedBefore = _begin.ReplayedBefore }, locks, new RelationCatalog(connection, database.Schema, names, locks));
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
                await connection.ExecuteAsync("ROLLBACK", CancellationToken.None);
                await connection.ExecuteAsync("SELECT pg_advisory_unlock_all()", CancellationToken.None);
            }
        }
        catch (NpgsqlException exception)
        {
            Log.SessionLost(logger, database.ToString(), FailureText.Of(exception));
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    internal static ulong Position(string bytes) => ulong.Parse(bytes, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A server tells each session its process; a pooler tells a number of its own, because it has many servers' processes behind it.</summary>
    private void CheckDirect(int processId)
    {
        if (processId == connection.ProcessID) return;
        throw new PipelineException(
            $"{database}: a pooler answers in the server's place. Locks, settings and the snapshot belong to a session, which a pooler shares out; "
            + "connect to the server itself: its own host and port in the settings _DB_HOST and _DB_PORT");
    }

    private void WarnOfWhatIsHidden()
    {
        if (!_begin.CanSeeSystem) Log.SourceHides(logger, database.ToString(), "the system identifier", "pg_control_system()");
        if (!_begin.CanSeeWal) Log.SourceHides(logger, database.ToString(), "the position in the write-ahead log", "pg_current_wal_insert_lsn()");
    }
}
