using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing.Servers;
using Npgsql;
using Xunit;

namespace EtlPipeline.Testing;

/// <summary>A database of a test's own, on the server that the test process shares or on one of the test's own.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static int _count;
    private readonly TestServer? _owner;

    private TestDatabase(TestServer? owner, DatabaseSettings settings) => (_owner, Settings) = (owner, settings);

    /// <summary>How the code under test reaches the database.</summary>
    public DatabaseSettings Settings { get; }

    /// <summary>How the test itself reaches it.</summary>
    public string ConnectionString => TestServer.ConnectionString(Settings);

    /// <summary>An empty database; if there is no server, the test is skipped (in CI it fails).</summary>
    public static Task<TestDatabase> CreateAsync() => CreateAsync("template0");

    /// <summary>A database with the eleven empty tables of totesys.</summary>
    public static Task<TestDatabase> CreateTotesysAsync() =>
        CreateCopyAsync("totesys", connection => TotesysSchema.CreateAsync(connection, CancellationToken.None));

    /// <summary>A copy of a database that the process fills once, on first use.</summary>
    /// <param name="name">What the process knows it by: small letters and underscores.</param>
    /// <param name="fillAsync">Fills it.</param>
    public static async Task<TestDatabase> CreateCopyAsync(string name, Func<NpgsqlConnection, Task> fillAsync)
    {
        var server = await TestServer.GetAsync();
        return await CreateAsync(await server.TemplateAsync(name, fillAsync));
    }

    /// <summary>Opens a session in the server's own database, which belongs to no test.</summary>
    public static async Task<NpgsqlConnection> OpenMaintenanceAsync()
    {
        var server = await TestServer.GetAsync();
        return await new TestDatabase(owner: null, server.Database("postgres")).OpenAsync();
    }

    /// <summary>A copy of a database of the shared server, to which nobody is connected.</summary>
    public static Task<TestDatabase> CopyAsync(TestDatabase original) => CreateAsync(original.Settings.Database);

    /// <summary>A database that goes with its server: it is not dropped when disposed.</summary>
    public static TestDatabase On(TestCluster cluster, string name) => new(owner: null, cluster.Database(name));

    /// <summary>The database as the code under test sees it.</summary>
    public PostgreSqlDatabase Open(SessionOptions? options = null) => new(Settings, options ?? new SessionOptions());

    /// <summary>Opens a session of the test's own.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Runs any number of statements in a session of their own.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The first value that a query gives; the default if it is NULL or there is none.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var value = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return value is null or DBNull ? default! : (T)value;
    }

    /// <summary>All rows that a query gives, each as PostgreSQL prints its values, with a bar between them; NULL is <c>∅</c>.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        var rows = new List<string>();
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "∅" : reader.GetString(i))));
        }

        return rows;
    }

    /// <summary>Drops the database and puts a copy of it in its place: the same name and rows, another database. Nobody may be connected.</summary>
    public async Task<TestDatabase> ReplaceByCopyAsync()
    {
        var (owner, name) = (_owner ?? throw new InvalidOperationException("The database goes with its server."), Settings.Database);
        await owner.CreateDatabaseAsync($"{name}_copy", name);
        await owner.DropDatabaseAsync(name);
        await owner.RenameDatabaseAsync($"{name}_copy", name);
        return new TestDatabase(owner, Settings);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _owner is null ? ValueTask.CompletedTask : new(_owner.DropDatabaseAsync(Settings.Database));

    private static async Task<TestDatabase> CreateAsync(string template)
    {
        var server = await TestServer.GetAsync();
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";
        await server.CreateDatabaseAsync(name, template);
        return new TestDatabase(server, server.Database(name));
    }
}
