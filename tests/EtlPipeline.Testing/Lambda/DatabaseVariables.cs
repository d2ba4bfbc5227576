using EtlPipeline.Core.Settings;

namespace EtlPipeline.Testing.Lambda;

/// <summary>The environment variables that say how a database is reached.</summary>
public static class DatabaseVariables
{
    /// <summary>Those of a database.</summary>
    /// <param name="prefix">How their names begin: <c>TOTE_SYS</c> or <c>WAREHOUSE</c>.</param>
    /// <param name="settings">The database.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(string prefix, DatabaseSettings settings) =>
    [
        new($"{prefix}_DB_HOST", settings.Host),
        new($"{prefix}_DB_PORT", $"{settings.Port}"),
        new($"{prefix}_DB_DB", settings.Database),
        new($"{prefix}_DB_USER", settings.User),
        new($"{prefix}_DB_PASSWORD", settings.Password),
        new($"{prefix}_DB_SSLMODE", "disable"),
    ];
}
