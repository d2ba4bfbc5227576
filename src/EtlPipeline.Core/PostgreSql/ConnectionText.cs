using EtlPipeline.Core.Settings;
using Npgsql;

namespace EtlPipeline.Core.PostgreSql;

/// <summary>The driver's connection string of a database.</summary>
internal static class ConnectionText
{
    public static string Build(DatabaseSettings settings) => new NpgsqlConnectionStringBuilder
    {
        Host = settings.Host,
        Port = settings.Port,
        Database = settings.Database,
        Username = settings.User,
        Password = settings.Password,
        SslMode = Mode(settings.Security),
        ApplicationName = "etl-pipeline",
        ClientEncoding = "UTF8",
        Pooling = false,
        Timeout = 15,
        CommandTimeout = 0,
        // The operating system refuses them on a Unix socket.
        TcpKeepAlive = !IsUnixSocket(settings.Host),
        TcpKeepAliveTime = IsUnixSocket(settings.Host) ? 0 : (int)TcpKeepalive.Idle.TotalSeconds,
        TcpKeepAliveInterval = IsUnixSocket(settings.Host) ? 0 : (int)TcpKeepalive.Interval.TotalSeconds,
        // Without it the driver looks for a Kerberos library that a Lambda function does not have.
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <summary>A folder, or a name in Linux's abstract namespace (libpq, <i>Connection Strings: host</i>).</summary>
    private static bool IsUnixSocket(string host) => host.StartsWith('/') || host.StartsWith('@');

    private static SslMode Mode(ConnectionSecurity security) => security switch
    {
        ConnectionSecurity.Disable => SslMode.Disable,
        ConnectionSecurity.Prefer => SslMode.Prefer,
        // Whose certificates are taken is for ServerCertificate to say.
        _ => SslMode.Require,
    };
}
