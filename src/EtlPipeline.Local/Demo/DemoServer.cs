using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using EtlPipeline.PostgreSqlServers;
using Npgsql;

namespace EtlPipeline.Local.Demo;

/// <summary>The demo's PostgreSQL, running: the company's database and the warehouse are two databases of it.</summary>
internal sealed class DemoServer
{
    /// <summary>The name of the company's database.</summary>
    public const string Totesys = "totesys";

    /// <summary>The name of the warehouse.</summary>
    public const string Warehouse = "warehouse";

    private readonly IDemoHost _host;

    private DemoServer(IDemoHost host) => _host = host;

    /// <summary>Makes the server if it is missing, and starts it if it is not running.</summary>
    /// <exception cref="ServerException">There can't be one; the message says what to do.</exception>
    public static async Task<DemoServer> StartAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var host = await DemoHosts.FindAsync(folder, cancellationToken);
        await host.StartAsync(cancellationToken);
        return new DemoServer(host);
    }

    /// <summary>The server of an existing demo, started if it was stopped.</summary>
    /// <exception cref="PipelineException">There was none.</exception>
    public static async Task<DemoServer> ResumeAsync(
        DemoFolder folder, Terminal terminal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!folder.Exists)
            throw new PipelineException($"There is no demo in {folder.Root} yet. Call `demo` first.");
        var host = await DemoHosts.FindAsync(folder, cancellationToken);
        if (await host.IsRunningAsync(cancellationToken)) return new DemoServer(host);
        await using var hold = await DemoLock.TakeAsync(folder, terminal, clock, cancellationToken);
        return await StartAsync(folder, cancellationToken);
    }

    /// <summary>Stops the server.</summary>
    /// <returns>Whether it was running.</returns>
    public static async Task<bool> StopAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var host = await DemoHosts.FindAsync(folder, cancellationToken);
        var wasRunning = await host.IsRunningAsync(cancellationToken);
        await host.StopAsync(cancellationToken);
        return wasRunning;
    }

    /// <summary>Stops the server and deletes its data, wherever it is.</summary>
    public static async Task DeleteAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var host = await DemoHosts.FindAsync(folder, cancellationToken);
        await host.DeleteAsync(cancellationToken);
    }

    /// <summary>How to reach a database of the server.</summary>
    public DatabaseSettings Database(string name) => _host.Database(name);

    /// <summary>Opens a database of the server.</summary>
    public PostgreSqlDatabase Open(string name) => new(Database(name), new SessionOptions());
}

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

/// <summary>The settings of the demo's pipeline.</summary>
internal static class DemoSettings
{
    public static PipelineSettings Of(DemoServer server, DemoFolder folder)
    {
        var (ingestion, processed) = (Bucket(folder.Ingestion), Bucket(folder.Processed));
        return new PipelineSettings(
            new ExtractSettings
            {
                Tables = TableList.Default,
                EmptiedTables = new HashSet<TableName>(),
                IngestionBucket = ingestion,
                Oltp = server.Database(DemoServer.Totesys),
            },
            new TransformSettings { IngestionBucket = ingestion, ProcessedBucket = processed },
            new LoadSettings { ProcessedBucket = processed, Warehouse = server.Database(DemoServer.Warehouse) })
        { IsDemo = true };
    }

    private static string Bucket(string folder) => new Uri(folder).AbsoluteUri;
}
