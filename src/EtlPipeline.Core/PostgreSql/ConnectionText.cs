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
        RootCertificate = settings.RootCertificate,
        ApplicationName = "etl-pipeline",
        ClientEncoding = "UTF8",
        Pooling = false,
        Timeout = 15,
        CommandTimeout = 0,
        TcpKeepAlive = true,
        TcpKeepAliveTime = (int)TcpKeepalive.Idle.TotalSeconds,
        TcpKeepAliveInterval = (int)TcpKeepalive.Interval.TotalSeconds,
        // Without it the driver looks for a Kerberos library that a Lambda function does not have.
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    private static SslMode Mode(ConnectionSecurity security) => security switch
    {
        ConnectionSecurity.Disable => SslMode.Disable,
        ConnectionSecurity.Prefer => SslMode.Prefer,
        ConnectionSecurity.Require => SslMode.Require,
        ConnectionSecurity.VerifyCertificate => SslMode.VerifyCA,
        _ => SslMode.VerifyFull,
    };
}
