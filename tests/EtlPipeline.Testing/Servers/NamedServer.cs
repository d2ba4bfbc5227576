using EtlPipeline.Core.Settings;
using Npgsql;

namespace EtlPipeline.Testing.Servers;

/// <summary>The server that <c>ETL_TEST_POSTGRESQL</c> names by a connection string.</summary>
internal static class NamedServer
{
    public static DatabaseSettings? Find() =>
        Environment.GetEnvironmentVariable("ETL_TEST_POSTGRESQL") is { Length: > 0 } text ? Read(text) : null;

    public static DatabaseSettings Read(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return new DatabaseSettings
        {
            Host = builder.Host!,
            Port = builder.Port,
            Database = builder.Database ?? "postgres",
            User = builder.Username!,
            Password = builder.Password ?? string.Empty,
            Security = ConnectionSecurity.Prefer,
        };
    }
}
