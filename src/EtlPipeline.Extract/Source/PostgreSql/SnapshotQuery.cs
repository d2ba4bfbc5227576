using System.Globalization;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>Takes the transaction's snapshot, and reads when and where that was. On a standby it works too.</summary>
internal static class SnapshotQuery
{
    private const string Sql = """
        SELECT clock_timestamp(),
               pg_snapshot_xmin(pg_current_snapshot()),
               pg_snapshot_xmax(pg_current_snapshot()),
               pg_backend_pid(),
               {wal},
               {system},
               (SELECT oid FROM pg_database WHERE datname = current_database()),
               pg_postmaster_start_time(),
               (SELECT stats_reset FROM pg_stat_bgwriter)
        """;

    // The snapshot is taken before the first value is computed, so the position is not below it.
    private const string Wal = """
        (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END - '0/0')::text
        """;

    private const string System = "(SELECT system_identifier FROM pg_control_system())";

    /// <summary>Reads it, in a transaction that sees one snapshot throughout; its first query takes that.</summary>
    /// <returns>The snapshot, and the number of the server's process.</returns>
    public static async Task<(SnapshotPoint Point, int ProcessId)> ReadAsync(
        NpgsqlConnection connection, bool canSeeSystem, bool canSeeWal, CancellationToken cancellationToken)
    {
        var sql = Sql.Replace("{wal}", canSeeWal ? Wal : "NULL::text", StringComparison.Ordinal)
            .Replace("{system}", canSeeSystem ? System : "NULL::bigint", StringComparison.Ordinal);
        var read = await connection.QueryAsync(sql, [], Read, cancellationToken);
        return read[0];
    }

    private static (SnapshotPoint, int) Read(NpgsqlDataReader row)
    {
        var point = new SnapshotPoint
        {
            TakenAt = row.GetFieldValue<DateTimeOffset>(0),
            Xmin = row.GetFieldValue<ulong>(1),
            Xmax = row.GetFieldValue<ulong>(2),
            Wal = row.IsDBNull(4) ? null : PostgreSqlSession.Position(row.GetString(4)),
            Server = string.Join('/', row.IsDBNull(5) ? "-" : row.GetInt64(5).ToString(CultureInfo.InvariantCulture), row.GetFieldValue<uint>(6), Moment(row, 7), Moment(row, 8)),
        };
        return (point, row.GetInt32(3));
    }

    private static string Moment(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? "-" : row.GetFieldValue<DateTimeOffset>(column).UtcDateTime.ToString("yyyyMMdd'T'HHmmss.ffffff'Z'", CultureInfo.InvariantCulture);
}
