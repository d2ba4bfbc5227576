using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Secrets;
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

    public static Task<TestRole> CreateReaderAsync(TestDatabase database) =>
        CreateAsync(database, "reader", SourceSchema, "src/EtlPipeline.Extract/Source/create_reader.sql");

    public static Task<TestRole> CreateLoaderAsync(TestDatabase database) =>
        CreateAsync(database, "loader", Schema, "src/EtlPipeline.Load/Warehouse/create_loader.sql");

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

    private static async Task<TestRole> CreateAsync(TestDatabase database, string variable, string schema, string file)
    {
        var name = $"{variable} of {database.Settings.Database}";
        await RunFileAsync(database, file, variable, name, schema);
        var password = $"{PlantedSecret.Password}-{Guid.NewGuid()}";
        await database.ExecuteAsync($"ALTER ROLE {Quotes.QuoteIdentifier(name)} PASSWORD '{password}'");
        return new TestRole(database, name) { Settings = database.Settings with { User = name, Password = password } };
    }

    private static async Task RunFileAsync(TestDatabase database, string file, string variable, string role, string schema)
    {
        var sql = await File.ReadAllTextAsync(RepositoryFolder.Find(file), TestContext.Current.CancellationToken);
        await database.ExecuteAsync(sql
            .Replace($":\"{variable}\"", Quotes.QuoteIdentifier(role), StringComparison.Ordinal)
            .Replace(":\"schema\"", Quotes.QuoteIdentifier(schema), StringComparison.Ordinal)
            .Replace(":\"DBNAME\"", Quotes.QuoteIdentifier(database.Settings.Database), StringComparison.Ordinal));
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
