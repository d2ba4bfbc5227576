namespace EtlPipeline.Core.Settings;

/// <summary>How a connection to a database is secured (PostgreSQL, <i>libpq: SSL Support</i>).</summary>
public enum ConnectionSecurity
{
    /// <summary>No TLS.</summary>
    Disable,

    /// <summary>TLS if the server has it.</summary>
    Prefer,

    /// <summary>TLS, whoever the server is.</summary>
    Require,

    /// <summary>TLS, with a certificate of a trusted authority.</summary>
    VerifyCertificate,

    /// <summary>TLS, with a certificate of a trusted authority that names the host.</summary>
    VerifyFull,
}

/// <summary>How to reach a database.</summary>
public sealed record DatabaseSettings
{
    /// <summary>How the names of these settings begin, for messages; null if they were not read from settings.</summary>
    public string? Prefix { get; init; }

    /// <summary>A host name, an address, or the folder of a Unix socket.</summary>
    public required string Host { get; init; }

    /// <summary>The port; 5432 by default.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>The database's name.</summary>
    public required string Database { get; init; }

    /// <summary>The role to connect as.</summary>
    public required string User { get; init; }

    /// <summary>Its password; empty if the server asks for none.</summary>
    public required string Password { get; init; }

    /// <summary>The ARN of the secret that holds the password, if the settings name one in its place.</summary>
    public string? PasswordSecret { get; init; }

    /// <summary>Whether the role proves itself with a token of Amazon RDS, made of AWS credentials, and has no password.</summary>
    public bool UsesIam { get; init; }

    /// <summary>How the connection is secured; <see cref="ConnectionSecurity.Require"/> by default.</summary>
    public ConnectionSecurity Security { get; init; } = ConnectionSecurity.Require;

    /// <summary>The file of the root certificate that the verifying modes trust; null for the system's.</summary>
    public string? RootCertificate { get; init; }

    /// <summary>The schema of the tables; <c>public</c> by default.</summary>
    public string Schema { get; init; } = "public";

    /// <summary>Reads the group of settings of the OLTP database; <c>OLTP_NAME</c> says how their names begin.</summary>
    public static DatabaseSettings ReadOltp(SettingsReader settings) => Read(settings, "OLTP_NAME", "TOTE_SYS");

    /// <summary>Reads the group of settings of the warehouse; <c>WAREHOUSE_NAME</c> says how their names begin.</summary>
    public static DatabaseSettings ReadWarehouse(SettingsReader settings) => Read(settings, "WAREHOUSE_NAME", "WAREHOUSE");

    /// <summary>Database and host, for messages: no secret is in it.</summary>
    public override string ToString() => $"database '{Database}' on {Host}:{Port}";

    /// <summary>The name of one of these settings, for messages.</summary>
    /// <param name="setting">What the name ends with, such as <c>HOST</c>.</param>
    internal string NameOf(string setting) => Prefix is null ? $"DB_{setting}" : $"{Prefix}_DB_{setting}";

    private static DatabaseSettings Read(SettingsReader settings, string prefixName, string defaultPrefix)
    {
        var prefix = settings.Optional(prefixName) ?? defaultPrefix;
        var secret = settings.Optional($"{prefix}_DB_PASSWORD_SECRET");
        var usesIam = settings.Optional($"{prefix}_DB_AUTHENTICATION", "password or iam", false, SettingFormat.Choice(("password", false), ("iam", true)));
        return new DatabaseSettings
        {
            Prefix = prefix,
            Host = settings.Required($"{prefix}_DB_HOST", "the host of the database, or the folder of its socket"),
            Port = settings.Optional($"{prefix}_DB_PORT", "a port from 1 to 65535", 5432, SettingFormat.Number(1, 65535)),
            Database = settings.Required($"{prefix}_DB_DB", "the name of the database"),
            User = settings.Required($"{prefix}_DB_USER", "the role to connect as"),
            Password = secret is null && !usesIam ? settings.RequiredSecret($"{prefix}_DB_PASSWORD", "the role's password") : string.Empty,
            PasswordSecret = usesIam ? null : secret,
            UsesIam = usesIam,
            Security = ReadSecurity(settings, prefix, usesIam),
            RootCertificate = settings.Optional($"{prefix}_DB_SSLROOTCERT"),
            Schema = settings.Optional($"{prefix}_DB_SCHEMA") ?? "public",
        };
    }

    /// <summary>A token, unlike a password, is sent as it is: it goes over TLS alone.</summary>
    private static ConnectionSecurity ReadSecurity(SettingsReader settings, string prefix, bool usesIam)
    {
        (string, ConnectionSecurity)[] modes =
        [
            ("disable", ConnectionSecurity.Disable),
            ("prefer", ConnectionSecurity.Prefer),
            ("require", ConnectionSecurity.Require),
            ("verify-ca", ConnectionSecurity.VerifyCertificate),
            ("verify-full", ConnectionSecurity.VerifyFull),
        ];
        return settings.Optional(
            $"{prefix}_DB_SSLMODE",
            usesIam ? $"require, verify-ca or verify-full, because {prefix}_DB_AUTHENTICATION is iam" : "disable, prefer, require, verify-ca or verify-full",
            ConnectionSecurity.Require,
            SettingFormat.Choice(usesIam ? modes[2..] : modes));
    }
}
