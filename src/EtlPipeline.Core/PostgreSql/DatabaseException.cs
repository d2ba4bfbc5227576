using Npgsql;

namespace EtlPipeline.Core.PostgreSql;

/// <summary>A database could not be reached, refused, or ended the session. The message names database and host, and no value or secret.</summary>
public sealed class DatabaseException : Exception
{
    private DatabaseException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Names the database in what its driver threw.</summary>
    /// <param name="database">Database and host.</param>
    /// <param name="exception">What was thrown.</param>
    public static DatabaseException Of(string database, Exception exception) =>
        exception as DatabaseException ?? Of(database, Describe(exception), exception);

    /// <summary>Names the database in what is said of an exception.</summary>
    internal static DatabaseException Of(string database, string fault, Exception exception) => new($"{database}: {fault}", exception);

    /// <summary>
    /// What a server's refusal may be passed on as. Its DETAIL holds row values, so only its message is: it names tables and columns, and for
    /// the states whose message itself quotes values we say it in our own words.
    /// </summary>
    internal static string Describe(PostgresException refusal) => refusal switch
    {
        { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            $"the server refused the role or its password ({refusal.SqlState})",
        { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            "timed out waiting for a lock; another session holds the table, try again when it is done (55P03)",
        { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            $"{refusal.MessageText} (42501); the command `check` says which right the role lacks, and the statement that grants it",
        { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } =>
            $"the server was shut down or restarted ({refusal.SqlState}); what was committed is kept, and the next run carries on",
        _ when IsOfClass(refusal, "22") => $"a value does not fit{Column(refusal)} ({refusal.SqlState})",
        _ when IsOfClass(refusal, "P0", "38", "39") =>
            $"code of the database's own, such as a trigger, raised an error, whose text may hold values ({refusal.SqlState})",
        _ => $"{refusal.MessageText} ({refusal.SqlState})",
    };

    private static string Describe(Exception exception) => exception switch
    {
        PostgresException refusal => Describe(refusal),
        NpgsqlException { InnerException: System.Net.Sockets.SocketException inner } => $"the connection failed: {inner.Message}; see that the server runs, and listens there",
        NpgsqlException { InnerException: IOException inner } => $"the connection failed: {inner.Message.TrimEnd('.')}; if the server was restarted, the next run carries on",
        NpgsqlException { InnerException: { } inner } => $"the connection failed: {inner.Message}",
        _ => exception.Message,
    };

    /// <summary>The first two characters of a state (PostgreSQL, <i>Error Codes</i>): 22, data exceptions, quotes the input.</summary>
    private static bool IsOfClass(PostgresException refusal, params ReadOnlySpan<string> classes)
    {
        foreach (var name in classes)
        {
            if (refusal.SqlState.StartsWith(name, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static string Column(PostgresException refusal) =>
        refusal.ColumnName is { } column ? $" column '{column}' of '{refusal.TableName}'" : string.Empty;
}
