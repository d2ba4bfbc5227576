using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>The OLTP database. A role that may SELECT from the tables is enough.</summary>
/// <param name="database">The database; <see cref="SessionLimits"/> are made for it.</param>
/// <param name="logger">Where a session that died is noted.</param>
public sealed class PostgreSqlSource(PostgreSqlDatabase database, ILogger logger) : ISource
{
    /// <summary>
    /// The limits of Extract's sessions: a transaction may lie idle while a large version is streamed past it, up to the longest time that a
    /// Lambda function can run.
    /// </summary>
    public static SessionOptions SessionLimits { get; } = new()
    {
        IdleInTransactionTimeout = TimeSpan.FromMinutes(15),
        LockTimeout = TimeSpan.FromSeconds(30),
    };

    /// <inheritdoc/>
    public SourceKind Kind => SourceKind.Oltp;

    /// <inheritdoc/>
    /// <exception cref="DatabaseException">The database could not be reached, or refused.</exception>
    public async Task<ISourceSession?> TryBeginAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken);
        var session = new PostgreSqlSession(database, connection, logger);
        try
        {
            if (await session.TryLockAsync(cancellationToken)) return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return null;
    }
}
