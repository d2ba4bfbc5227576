using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Resources;
using Npgsql;

namespace EtlPipeline.Reconciliation;

/// <summary>One read-only transaction, in which all queries see the same moment.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private const string BeginSql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    // A policy would hide rows without a word; now it is an error.
    private const string ShowAllRowsSql = "SET LOCAL row_security = off";

    private Snapshot(PostgreSqlDatabase database, NpgsqlConnection connection) => (Database, Connection) = (database, connection);

    /// <summary>While one side of a comparison sends many rows that the other has not, the other waits in its transaction.</summary>
    public static SessionOptions SessionLimits { get; } = new() { IdleInTransactionTimeout = TimeSpan.FromHours(1) };

    public PostgreSqlDatabase Database { get; }

    public NpgsqlConnection Connection { get; }

    /// <exception cref="DatabaseException">The database could not be reached, or refused.</exception>
    public static async Task<Snapshot> TakeAsync(PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot(database, await database.OpenAsync(cancellationToken));
        try
        {
            await snapshot.ExecuteAsync(BeginSql, cancellationToken);
            await snapshot.ExecuteAsync(ShowAllRowsSql, cancellationToken);
            // The transaction's first query: it is here that the snapshot is taken.
            await snapshot.ExecuteAsync(EmbeddedText.Read(typeof(Reconciler).Assembly, "enter_schema.sql"), cancellationToken, database.Schema);
            return snapshot;
        }
        catch (NpgsqlException exception)
        {
            await snapshot.DisposeAsync();
            throw database.Failure(exception);
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params string[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
