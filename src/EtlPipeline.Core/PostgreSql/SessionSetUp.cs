using System.Globalization;
using Npgsql;

namespace EtlPipeline.Core.PostgreSql;

/// <summary>Limits of a session, which the server enforces when we no longer can.</summary>
public sealed record SessionOptions
{
    /// <summary>How long a transaction may lie idle before the server ends the session; a minute by default.</summary>
    public TimeSpan IdleInTransactionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a statement waits for a lock; a minute by default.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a statement may take; null, the default, for as long as it likes.</summary>
    public TimeSpan? StatementTimeout { get; init; }
}

/// <summary>
/// What every session is given before its first statement, so that neither the database's nor the role's settings change how values are
/// printed.
/// </summary>
internal static class SessionSetUp
{
    // Compiling a query of ours costs the server more than it saves: the catalog's take ten times as long with it.
    private const string Sql = """
        SELECT set_config('jit', 'off', false),
               set_config('TimeZone', 'UTC', false),
               set_config('DateStyle', 'ISO, YMD', false),
               set_config('IntervalStyle', 'postgres', false),
               set_config('bytea_output', 'hex', false),
               set_config('extra_float_digits', '3', false),
               set_config('lc_monetary', 'C', false),
               set_config('statement_timeout', $6, false),
               set_config('default_transaction_read_only', 'off', false),
               set_config('tcp_keepalives_idle', $1, false),
               set_config('tcp_keepalives_interval', $2, false),
               set_config('tcp_keepalives_count', $3, false),
               set_config('idle_in_transaction_session_timeout', $4, false),
               set_config('lock_timeout', $5, false),
               (SELECT count(set_config(name, '0', false))
                FROM pg_settings
                WHERE name IN ('idle_session_timeout', 'transaction_timeout'))
        """;

    public static void Run(NpgsqlConnection connection, SessionOptions options)
    {
        using var command = Command(connection, options);
        command.ExecuteNonQuery();
    }

    public static async Task RunAsync(NpgsqlConnection connection, SessionOptions options)
    {
        await using var command = Command(connection, options);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, SessionOptions options) => new(Sql, connection)
    {
        Parameters =
        {
            new() { Value = Text(TcpKeepalive.Idle.TotalSeconds) },
            new() { Value = Text(TcpKeepalive.Interval.TotalSeconds) },
            new() { Value = Text(TcpKeepalive.Count) },
            new() { Value = Text(options.IdleInTransactionTimeout.TotalMilliseconds) },
            new() { Value = Text(options.LockTimeout.TotalMilliseconds) },
            new() { Value = Text(options.StatementTimeout?.TotalMilliseconds ?? 0) },
        },
    };

    private static string Text(double number) => ((long)number).ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// When an end of a connection is taken for dead: after half a minute, so that the locks of a function that was killed free themselves.
/// </summary>
internal static class TcpKeepalive
{
    public static TimeSpan Idle { get; } = TimeSpan.FromSeconds(15);

    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public static int Count => 3;
}
