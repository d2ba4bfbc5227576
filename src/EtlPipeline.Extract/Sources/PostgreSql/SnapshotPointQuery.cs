using Npgsql;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>Takes the transaction's snapshot, and reads when and where that was. Any role may call these functions, on a standby too.</summary>
public static class SnapshotPointQuery
{
    private const string Sql = """
        SELECT clock_timestamp(),
               pg_snapshot_xmin(pg_current_snapshot()),
               pg_snapshot_xmax(pg_current_snapshot()),
               concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
                              (SELECT timeline_id FROM pg_control_checkpoint()),
                              to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
               pg_is_in_recovery()
        """;

    /// <summary>Reads it, in a transaction that sees one snapshot throughout; its first query takes that.</summary>
    /// <exception cref="NpgsqlException">The server refused, or the session was lost.</exception>
    public static async Task<SnapshotPoint> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new SnapshotPoint
        {
            TakenAt = reader.GetFieldValue<DateTimeOffset>(0),
            Xmin = reader.GetFieldValue<ulong>(1),
            Xmax = reader.GetFieldValue<ulong>(2),
            Server = reader.GetString(3),
            IsStandby = reader.GetBoolean(4),
        };
    }
}
