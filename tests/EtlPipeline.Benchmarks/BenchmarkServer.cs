using EtlPipeline.Core.Resources;
using EtlPipeline.Core.Settings;
using EtlPipeline.PostgreSqlServers;
using EtlPipeline.SampleData.Databases;
using Npgsql;

namespace EtlPipeline.Benchmarks;

/// <summary>The server of one run of the benchmarks: a private cluster with the source and as many warehouses as are asked for.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private static readonly ClusterOptions Options = new()
    {
        IsDurable = false,
        Settings = ["shared_buffers=1GB", "max_wal_size=8GB", "wal_level=logical", "maintenance_work_mem=256MB", "max_connections=50", "checkpoint_timeout=30min"],
    };

    private readonly PrivateCluster _cluster;

    private BenchmarkServer(PrivateCluster cluster, PostgreSqlBinaries binaries) => (_cluster, Binaries) = (cluster, binaries);

    /// <summary>The server's programs, for the anchors that need them.</summary>
    public PostgreSqlBinaries Binaries { get; }

    /// <summary>Starts the server.</summary>
    public static async Task<BenchmarkServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var binaries = PostgreSqlBinaries.Find() ?? throw new ServerException("The benchmarks need PostgreSQL's server programs.");
        var cluster = new PrivateCluster(binaries, folder, Options);
        await cluster.StartAsync(cancellationToken);
        return new BenchmarkServer(cluster, binaries);
    }

    /// <summary>How a database is reached.</summary>
    public DatabaseSettings Database(string name) => _cluster.Database(name);

    /// <summary>Opens a session.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var settings = Database(database);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = settings.Host,
            Port = settings.Port,
            Database = settings.Database,
            Username = settings.User,
            Password = settings.Password,
            Pooling = false,
            CommandTimeout = 0,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Runs statements, one after the other, each in a transaction of its own.</summary>
    public async Task ExecuteAsync(string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        foreach (var statement in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The first value of a query.</summary>
    public async Task<T> ScalarAsync<T>(string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Makes a database; from a template if one is named.</summary>
    public Task CreateAsync(string name, CancellationToken cancellationToken, string template = "template0") =>
        ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {template}", cancellationToken);

    /// <summary>Makes totesys with a number of sales orders.</summary>
    public async Task CreateSourceAsync(string name, long rows, CancellationToken cancellationToken)
    {
        await CreateAsync(name, cancellationToken);
        await using (var connection = await OpenAsync(name, cancellationToken)) await TotesysSchema.CreateAsync(connection, cancellationToken);
        await ExecuteAsync(name, Script("fill_source.sql").Replace("{rows}", $"{rows}", StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>One of the benchmarks' scripts.</summary>
    public static string Script(string name) => EmbeddedText.Read(typeof(BenchmarkServer).Assembly, name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _cluster.DeleteAsync(CancellationToken.None);
}
