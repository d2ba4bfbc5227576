using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Ingestion;

/// <summary>
/// Reads the look-up that goes with a version: the one that the version's metadata names, else the newest that is not newer. Extract
/// writes a look-up table before the tables that need it, so the two are the same unless a version was removed.
/// </summary>
internal sealed class LookUpReader(IObjectStore ingestion, VersionListing versions)
{
    /// <summary>Reads the look-up of a target; null where it has none.</summary>
    /// <exception cref="LookUpUnavailableException">There is no such version, or it can't be read.</exception>
    public async Task<LookUpRows?> ReadAsync(ITarget target, IngestedVersion driving, CancellationToken cancellationToken)
    {
        if (target.LookUp is not { } table) return null;
        await using var stored = await OpenAsync(table, driving, cancellationToken);
        var rows = target.CreateLookUpRows();
        try
        {
            await FillAsync(rows, stored.Body, cancellationToken);
            return rows;
        }
        catch (UnreadableRowsException exception)
        {
            throw new LookUpUnavailableException(
                $"The version of '{table}' that '{driving.Key.Rows}' goes with can't be read: {exception.Message}.", exception);
        }
    }

    private async Task<StoredObject> OpenAsync(TableName table, IngestedVersion driving, CancellationToken cancellationToken)
    {
        if (driving.Metadata?.LookUp is { } named && await OpenAsync(named) is { } exact) return exact;
        var newest = await versions.FindNewestNotAfterAsync(table, driving.Version, cancellationToken);
        return newest is { } version && await OpenAsync(version) is { } stored
            ? stored
            : throw new LookUpUnavailableException(
                $"Bucket {ingestion.Name} has no version of '{table}' that is not newer than '{driving.Key.Rows}', which needs its rows.");

        Task<StoredObject?> OpenAsync(TableVersion version) =>
            ingestion.OpenAsync(new VersionKey(table, version).Rows, 0, cancellationToken);
    }

    /// <summary>A row that can't be read is left out: the rows that refer to it are then rejected, and say so.</summary>
    private static async Task FillAsync(LookUpRows rows, Stream body, CancellationToken cancellationToken)
    {
        using var reader = new JsonRowReader(body);
        var row = new SourceRow(reader.Current);
        while (await reader.ReadAsync(cancellationToken))
        {
            try
            {
                rows.Add(row);
            }
            catch (InvalidRowException)
            {
            }
        }
    }
}
