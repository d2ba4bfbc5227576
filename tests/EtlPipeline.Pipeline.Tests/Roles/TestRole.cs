using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Secrets;
using EtlPipeline.Testing.Servers;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Roles;

/// <summary>
/// A role of a test's own, made by one of the project's files as an operator would make it with psql. It is dropped when disposed.
/// </summary>
internal sealed class TestRole : IAsyncDisposable
{
    private const string Schema = "warehouse";
    private const string SourceSchema = "public";

    private static readonly NpgsqlCommandBuilder Quotes = new();

    private readonly TestDatabase _database;
    private readonly string _name;

    private TestRole(TestDatabase database, string name) => (_database, _name) = (database, name);

    /// <summary>How the role reaches the database.</summary>
    public DatabaseSettings Settings { get; private init; } = null!;

    /// <summary>A role that may read all tables of the schema, and those that are made later.</summary>
    public static Task<TestRole> CreateReaderAsync(TestDatabase database) => CreateReaderAsync(database, []);

    /// <summary>A role that may read some tables only.</summary>
    public static Task<TestRole> CreateReaderAsync(TestDatabase database, string tables) => CreateReaderAsync(database, [$"tables={tables}"]);

    public static Task<TestRole> CreateLoaderAsync(TestDatabase database) =>
        CreateAsync(database, "loader", Schema, "src/EtlPipeline.Load/Warehouse/create_loader.sql", []);

    /// <summary>What the server says to a statement of the role; null if it lets it.</summary>
    public async Task<string?> TryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        try
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            return null;
        }
        catch (PostgresException exception)
        {
            return exception.SqlState;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var role = Quotes.QuoteIdentifier(_name);
        await _database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    private static Task<TestRole> CreateReaderAsync(TestDatabase database, IEnumerable<string> variables) =>
        CreateAsync(database, "reader", SourceSchema, "src/EtlPipeline.Extract/Source/create_reader.sql", variables);

    private static async Task<TestRole> CreateAsync(TestDatabase database, string variable, string schema, string file, IEnumerable<string> variables)
    {
        var name = $"{variable} of {database.Settings.Database}";
        await Psql.RunFileAsync(database, file, variables.Concat([$"{variable}={name}", $"schema={schema}"]));
        var password = $"{PlantedSecret.Password}-{Guid.NewGuid()}";
        await database.ExecuteAsync($"ALTER ROLE {Quotes.QuoteIdentifier(name)} PASSWORD '{password}'");
        return new TestRole(database, name) { Settings = database.Settings with { User = name, Password = password } };
    }

    private string ConnectionString() => new NpgsqlConnectionStringBuilder
    {
        Host = Settings.Host,
        Port = Settings.Port,
        Database = Settings.Database,
        Username = Settings.User,
        Password = Settings.Password,
        Pooling = false,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;
}
