using EtlPipeline.Core.Settings;
using Npgsql;

namespace EtlPipeline.Core.PostgreSql;

/// <summary>
/// A database that the pipeline connects to. Every connection is a new one, so that nothing of an earlier invocation (a lock, a setting, a
/// socket that died while the function was frozen) is left on it.
/// </summary>
public sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly DatabaseSettings _settings;

    /// <summary>Makes the database; nothing is connected yet.</summary>
    /// <param name="settings">How to reach it.</param>
    /// <param name="options">Limits of its sessions.</param>
    public PostgreSqlDatabase(DatabaseSettings settings, SessionOptions options)
        : this(settings, options, () => DatabaseToken.Make(settings, TimeProvider.System))
    {
    }

    internal PostgreSqlDatabase(DatabaseSettings settings, SessionOptions options, Func<string> makeToken)
    {
        _settings = settings;
        var builder = new NpgsqlDataSourceBuilder(ConnectionText.Build(settings));
        builder.UsePhysicalConnectionInitializer(
            connection => SessionSetUp.Run(connection, options),
            connection => SessionSetUp.RunAsync(connection, options));
        if (ServerCertificate.IsVerified(settings.Security))
            builder.UseSslClientAuthenticationOptionsCallback(tls => ServerCertificate.Verify(tls, settings));
        if (settings.UsesIam) builder.UsePasswordProvider(_ => makeToken(), (_, _) => new(makeToken()));
        _dataSource = builder.Build();
    }

    /// <summary>The schema of the tables.</summary>
    public string Schema => _settings.Schema;

    /// <summary>The role that sessions are opened as.</summary>
    public string User => _settings.User;

    /// <summary>Opens a session.</summary>
    /// <exception cref="DatabaseException">The database could not be reached, or refused.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _dataSource.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            throw Failure(exception);
        }
    }

    /// <summary>Names this database in what a session threw.</summary>
    public DatabaseException Failure(Exception exception) => (TlsFault.Find(exception, _settings) ?? TokenFault(exception) ?? RotationFault(exception)) is { } fault
        ? DatabaseException.Of(_settings.ToString(), fault, exception)
        : DatabaseException.Of(_settings.ToString(), exception);

    private string? TokenFault(Exception exception) =>
        _settings.UsesIam && exception is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refusal
            ? $"the server refused the role {_settings.User} or its IAM token ({refusal.SqlState}); see that the role was granted rds_iam, that the database has IAM "
                + "authentication on, and that whoever runs this is allowed rds-db:connect as this role"
            : null;

    /// <summary>For a while, a password that is being rotated is the old one in the secret, or in its extension's cache, and the new one here.</summary>
    private string? RotationFault(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } && _settings.PasswordSecret is { } secret
            ? $"the server refused the password of the secret {secret} (28P01); if it is being rotated, one of the next invocations has the new one, "
                + "within five minutes, else correct the secret"
            : null;

    /// <summary>Database and host.</summary>
    public override string ToString() => _settings.ToString();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
