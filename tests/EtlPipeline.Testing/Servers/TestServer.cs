using System.Collections.Concurrent;
using EtlPipeline.Core.Settings;
using EtlPipeline.PostgreSqlServers;
using EtlPipeline.Testing.Secrets;
using Npgsql;
using Xunit;

namespace EtlPipeline.Testing.Servers;

/// <summary>
/// The PostgreSQL server of this test process: the one that <c>ETL_TEST_POSTGRESQL</c> names (a connection string of a superuser), else a
/// container if Docker runs, else a private cluster from the installed binaries.
/// </summary>
public sealed class TestServer
{
    private static readonly Lazy<Task<TestServer>> Shared = new(StartAsync);
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = new(StringComparer.Ordinal);
    private readonly DatabaseSettings _maintenance;

    private TestServer(DatabaseSettings maintenance) => _maintenance = maintenance;

    /// <summary>The server, started on first use. If there is none, the test is skipped; in CI it fails.</summary>
    public static async Task<TestServer> GetAsync()
    {
        try
        {
            return await Shared.Value;
        }
        catch (ServerException exception) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }

    /// <summary>How a database of the server is reached. A server that asks for no password is told one that is looked for in all output.</summary>
    public DatabaseSettings Database(string name) => _maintenance with
    {
        Database = name,
        Password = _maintenance.Password is { Length: > 0 } password ? password : PlantedSecret.Password,
    };

    internal static string ConnectionString(DatabaseSettings settings) => new NpgsqlConnectionStringBuilder
    {
        Host = settings.Host,
        Port = settings.Port,
        Database = settings.Database,
        Username = settings.User,
        Password = settings.Password,
        Pooling = false,
        GssEncryptionMode = GssEncryptionMode.Disable,
        ApplicationName = "test",
        // The oracle compares whole histories, also on a busy machine.
        CommandTimeout = 300,
    }.ConnectionString;

    internal Task<string> TemplateAsync(string name, Func<NpgsqlConnection, Task> fillAsync) =>
        _templates.GetOrAdd(name, _ => new Lazy<Task<string>>(() => CreateTemplateAsync(name, fillAsync))).Value;

    internal Task CreateDatabaseAsync(string name, string template) =>
        ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");

    internal Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");

    internal Task RenameDatabaseAsync(string name, string newName) => ExecuteAsync($"ALTER DATABASE \"{name}\" RENAME TO \"{newName}\"");

    private static async Task<TestServer> StartAsync() =>
        new(NamedServer.Find() ?? await ContainerServer.TryStartAsync() ?? await ClusterServer.StartAsync());

    private async Task<string> CreateTemplateAsync(string purpose, Func<NpgsqlConnection, Task> fillAsync)
    {
        var name = $"{purpose}_{Environment.ProcessId}";
        await CreateDatabaseAsync(name, "template0");
        await using var connection = new NpgsqlConnection(ConnectionString(Database(name)));
        await connection.OpenAsync();
        await fillAsync(connection);
        return name;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(_maintenance));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
