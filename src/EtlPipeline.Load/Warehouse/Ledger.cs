using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load.Warehouse;

/// <summary>The table <c>etl_load</c>: which versions the warehouse holds. An entry commits together with the rows that it stands for.</summary>
internal sealed class Ledger(WarehouseSession session)
{
    /// <summary>The newest version of a table that was loaded or stepped over; null where there is none.</summary>
    public async Task<TableVersion?> FindHighestAsync(TableName target, CancellationToken cancellationToken)
    {
        var versions = await session.QueryAsync(
            SqlScript.Read("find_highest_version"), reader => TableVersion.Parse(reader.GetString(0)), cancellationToken, target.Value);
        return versions.Count == 0 ? null : versions[0];
    }

    /// <summary>Whether a version turned up after a newer one was loaded.</summary>
    public async Task<bool> IsStrayAsync(VersionKey version, CancellationToken cancellationToken)
    {
        var isStray = await session.QueryAsync(
            SqlScript.Read("is_stray_version"), reader => reader.GetBoolean(0), cancellationToken,
            version.Table.Value, version.Version.ToString());
        return isStray.Single();
    }

    /// <summary>Adds an entry.</summary>
    public Task AddAsync(LedgerEntry entry, CancellationToken cancellationToken) => session.ExecuteAsync(
        SqlScript.Read("add_ledger_entry"), cancellationToken,
        entry.Version.Table.Value, entry.Version.Version.ToString(), entry.Rows, entry.Written, entry.Deleted, entry.Rejected,
        entry.IsSkipped, entry.LoadedAt.UtcDateTime, entry.RequestId);
}
