using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Local.Demo;

/// <summary>A session with a database of the demo.</summary>
internal sealed class DemoSession : IAsyncDisposable
{
    // The company's open afternoon outlasts a round of the pipeline.
    private static readonly SessionOptions Options = new() { IdleInTransactionTimeout = TimeSpan.FromMinutes(30) };

    private readonly PostgreSqlDatabase _database;

    private DemoSession(PostgreSqlDatabase database, NpgsqlConnection connection) => (_database, Connection) = (database, connection);

    public NpgsqlConnection Connection { get; }

    public static async Task<DemoSession> OpenAsync(DemoServer server, string name, CancellationToken cancellationToken)
    {
        var database = new PostgreSqlDatabase(server.Database(name), Options);
        return new DemoSession(database, await database.OpenAsync(cancellationToken));
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first value of the first row.</summary>
    public async Task<T> FindAsync<T>(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
