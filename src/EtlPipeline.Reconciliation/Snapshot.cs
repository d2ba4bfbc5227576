using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Resources;
using Npgsql;

namespace EtlPipeline.Reconciliation;

/// <summary>One read-only transaction in which all queries see the same moment. Each database has its own snapshots.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private const string BeginSql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    // A policy would hide rows silently; this makes it an error. While one side sends many rows that the other lacks, the other is idle.
    private const string LimitsSql = "SET LOCAL row_security = off; SET LOCAL idle_in_transaction_session_timeout = '1h'";

    private Snapshot(PostgreSqlDatabase database, NpgsqlConnection connection) => (Database, Connection) = (database, connection);

    public PostgreSqlDatabase Database { get; }

    public NpgsqlConnection Connection { get; }

    /// <exception cref="DatabaseException">The database can't be reached, or refused.</exception>
    public static Task<Snapshot> TakeAsync(PostgreSqlDatabase database, CancellationToken cancellationToken) => BeginAsync(database, BeginSql, cancellationToken);

    /// <summary>A second session that sees the same moment, for a query that is read alongside one of this session.</summary>
    public async Task<Snapshot> ShareAsync(CancellationToken cancellationToken)
    {
        var name = (await QueryAsync("SELECT pg_export_snapshot()", [], reader => reader.GetString(0), cancellationToken))[0];
        return await BeginAsync(Database, $"{BeginSql}; SET TRANSACTION SNAPSHOT '{name}'", cancellationToken);
    }

    /// <summary>The server's clock, in UTC.</summary>
    public async Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken) =>
        (await QueryAsync("SELECT clock_timestamp()", [], reader => reader.GetFieldValue<DateTimeOffset>(0), cancellationToken))[0];

    /// <summary>Runs a query and reads all its rows.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, IEnumerable<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await Connection.QueryAsync(sql, parameters, read, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw Database.Failure(exception);
        }
    }

    /// <summary>Starts a query whose rows are read one at a time, each value as PostgreSQL prints it.</summary>
    public async Task<NpgsqlDataReader> OpenAsync(string sql, IEnumerable<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        try
        {
            // The reader still uses the command, which holds nothing that has to be disposed of.
            var command = new NpgsqlCommand(sql, Connection) { AllResultTypesAreUnknown = true, CommandTimeout = 0 };
            command.Parameters.AddRange(parameters.ToArray());
            return await command.ExecuteReaderAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw Database.Failure(exception);
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    /// <summary>Reads one of this project's scripts.</summary>
    public static SqlScript Script(string name) => SqlScript.Read(typeof(Snapshot).Assembly, name);

    private static async Task<Snapshot> BeginAsync(PostgreSqlDatabase database, string beginSql, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot(database, await database.OpenAsync(cancellationToken));
        try
        {
            await snapshot.Connection.ExecuteAsync(beginSql, cancellationToken);
            await snapshot.Connection.ExecuteAsync(LimitsSql, cancellationToken);
            // The transaction's first query takes the snapshot.
            await snapshot.Connection.ExecuteAsync(EmbeddedText.Read(typeof(Snapshot).Assembly, "enter_schema.sql"), [SqlRunner.Parameter(database.Schema)], cancellationToken);
            return snapshot;
        }
        catch (NpgsqlException exception)
        {
            await snapshot.DisposeAsync();
            throw database.Failure(exception);
        }
    }
}
