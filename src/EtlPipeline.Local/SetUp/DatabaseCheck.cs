using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using Npgsql;

namespace EtlPipeline.Local.SetUp;

/// <summary>The checks of source and warehouse alike: that they answer, which server answers, over which connection, and its clock.</summary>
/// <param name="settings">How the database is reached.</param>
/// <param name="subject">What it is: the source, the warehouse.</param>
/// <param name="clock">This machine's clock.</param>
internal sealed class DatabaseCheck(DatabaseSettings settings, string subject, TimeProvider clock)
{
    private static readonly string[] ConnectionSettings = ["HOST", "PORT", "DB", "USER", "AUTHENTICATION", "PASSWORD", "SSLMODE"];

    private const int OldestServer = 130_000;

    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(1);

    /// <summary>Connects, checks, and continues in the same session if all is well.</summary>
    /// <param name="more">Further checks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(Func<NpgsqlConnection, Task<IReadOnlyList<Finding>>> more, CancellationToken cancellationToken)
    {
        await using var database = new PostgreSqlDatabase(settings, new SessionOptions { LockTimeout = TimeSpan.FromSeconds(5) });
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            return [.. await LookAsync(connection, cancellationToken), .. await more(connection)];
        }
        catch (Exception exception) when (exception is DatabaseException or NpgsqlException)
        {
            return [Finding.Fault(subject, (exception as DatabaseException ?? database.Failure(exception)).Message, Mending(exception.InnerException ?? exception))];
        }
    }

    private async Task<IEnumerable<Finding>> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var server = (await connection.QueryAsync(
            """
            SELECT current_setting('server_version_num')::integer, current_setting('server_version'), pg_backend_pid(),
                   coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false), clock_timestamp()
            """,
            [],
            row => (Number: row.GetInt32(0), Version: row.GetString(1), Process: row.GetInt32(2), HasTls: row.GetBoolean(3), Time: row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken))[0];
        return
        [
            Finding.Fine(subject, $"{settings} answers as PostgreSQL {server.Version}, role {settings.User}"),
            .. Version(server.Number),
            .. Pooler(connection.ProcessID, server.Process),
            Tls(server.HasTls),
            Clock(server.Time),
        ];
    }

    private string Mending(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            $"Mend {Setting("USER")} or {Setting("PASSWORD")}; or give the role this password, in psql: \\password {SqlIdentifier.Quote(settings.User)}",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"Mend {Setting("DB")}; or make the database: CREATE DATABASE {SqlIdentifier.Quote(settings.Database)};",
        _ => $"Start the server, or mend one of {string.Join(", ", ConnectionSettings.Select(Setting))}.",
    };

    private IEnumerable<Finding> Version(int number)
    {
        if (number < OldestServer) yield return Finding.Fault($"{subject}, version", "it is older than PostgreSQL 13", "Upgrade the server to PostgreSQL 13 or later.");
    }

    // A pooler hands out a process id of its own when the session begins.
    private IEnumerable<Finding> Pooler(int announced, int real)
    {
        if (announced != real)
            yield return Finding.Fault($"{subject}, pooler", "a connection pooler is between here and the server; locks and snapshots don't work through it", $"Set {Setting("HOST")} and {Setting("PORT")} to the server itself.");
    }

    private Finding Tls(bool hasTls)
    {
        var isNear = settings.Host.StartsWith('/') || settings.Host is "localhost" or "127.0.0.1" or "::1";
        if (isNear) return Finding.Fine($"{subject}, TLS", hasTls ? "on" : "off, on this machine");
        if (!hasTls) return Finding.Advice($"{subject}, TLS", "off, over the network", $"Set {Setting("SSLMODE")}=verify-full, or at least require.");
        return settings.Security is ConnectionSecurity.VerifyFull or ConnectionSecurity.VerifyCertificate
            ? Finding.Fine($"{subject}, TLS", "on, and the server's certificate is verified")
            : Finding.Advice($"{subject}, TLS", "on, but the server's certificate isn't verified", $"Set {Setting("SSLMODE")}=verify-full, and {Setting("SSLROOTCERT")} if its certificate isn't from a public authority.");
    }

    private Finding Clock(DateTimeOffset time)
    {
        var skew = (time - clock.GetUtcNow()).Duration();
        return skew < MostSkew
            ? Finding.Fine($"{subject}, clock", "agrees with this machine's")
            : Finding.Advice($"{subject}, clock", $"differs from this machine's by {(long)skew.TotalSeconds} seconds", "Synchronise both with a time server: versions are named by the source's clock.");
    }

    private string Setting(string name) => settings.Prefix is { } prefix ? $"{prefix}_DB_{name}" : name;
}
