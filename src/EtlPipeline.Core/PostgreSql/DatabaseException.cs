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

    // A server's DETAIL holds row values, so only its message is passed on: it names tables and columns, and for the few states
    // whose message itself quotes a value we say it in our own words.
    private static string Describe(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"the server refused the role or its password ({refused.SqlState})",
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            "a lock was not had in time; another session holds the table, try again when it is done (55P03)",
        PostgresException postgres when QuotesValues(postgres.SqlState) =>
            $"a value does not fit{Column(postgres)} ({postgres.SqlState})",
        PostgresException postgres => $"{postgres.MessageText} ({postgres.SqlState})",
        NpgsqlException { InnerException: { } inner } => $"the connection failed: {inner.Message}",
        _ => exception.Message,
    };

    /// <summary>Class 22, <i>Data Exception</i>: the messages of its states quote the input.</summary>
    private static bool QuotesValues(string sqlState) => sqlState.StartsWith("22", StringComparison.Ordinal);

    private static string Column(PostgresException postgres) =>
        postgres.ColumnName is { } column ? $" column '{column}' of '{postgres.TableName}'" : string.Empty;
}
