using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Parquet;

namespace EtlPipeline.Load.Warehouse;

/// <summary>
/// The list of rows that couldn't be transformed. An entry goes when its row is loaded or gone; one whose key couldn't be read has NULL, the
/// version and a number for its key, and goes once every row has been read again.
/// </summary>
internal sealed class RejectedRows(WarehouseSession session, TableName target, TableVersion stamp, TargetState next, TargetTables tables, ProcessedVersion version)
{
    /// <summary>Replaces what the version speaks of.</summary>
    /// <param name="mayEnd">Whether a chunk's range says what is gone.</param>
    public async Task ReplaceAsync(bool mayEnd)
    {
        var isEnding = mayEnd && version.Range is { };
        var sql = new VersionSql(tables, isEnding ? version.Range : null);
        await session.ExecuteAsync(sql.With("clear_rejected", ("is_ending", isEnding ? "true" : "false")), sql.Parameters(SqlRunner.Parameter(target.Value)));
        if (next.VerifiedThrough is { } verified)
            await session.ExecuteAsync(WarehouseSession.Script("clear_unreadable_keys").Text, SqlRunner.Parameter(target.Value), SqlRunner.Parameter(verified.ToString()));
        if (version.Metadata.Rejected > 0)
            await session.ExecuteAsync(WarehouseSession.Script("add_rejected").Text, SqlRunner.Parameter(target.Value), SqlRunner.Parameter(stamp.ToString()));
    }
}
