using System.Buffers.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Sources;

namespace EtlPipeline.Reconciliation;

/// <summary>What the ingestion bucket tells of the loaded versions.</summary>
/// <param name="bucket">The bucket.</param>
/// <param name="source">The source's snapshot that the warehouse is compared with.</param>
internal sealed class IngestedVersions(IObjectStore bucket, SnapshotPoint source)
{
    /// <summary>How the loaded version of a target stands to the source's snapshot.</summary>
    public async Task<LoadedVersion> FindAsync(ComparedTarget target, TableVersion? loaded, CancellationToken cancellationToken)
    {
        if (loaded is not { } version) return LoadedVersion.Doubtful(null, "nothing was loaded yet");
        var description = await bucket.DescribeAsync(new VersionKey(target.Source, version).Rows, cancellationToken);
        if (description is null) return LoadedVersion.Doubtful(version, "the loaded version is gone from the ingestion bucket");
        if (IngestionMetadata.Read(description.Metadata) is not { } metadata)
            return LoadedVersion.Doubtful(version, "the loaded version has no metadata, or damaged one");
        return metadata.Server == source.Server && metadata.SnapshotXmax <= source.Xmax
            ? new LoadedVersion(version, metadata.SnapshotXmin, Doubt: null)
            : LoadedVersion.Doubtful(version, "the source was restarted, restored or replaced since the loaded version");
    }

    /// <summary>Takes out of a set the keys that the loaded version has: their rows were deleted after it.</summary>
    /// <returns>How many were taken out.</returns>
    public async Task<int> RemoveDeletedSinceAsync(
        HashSet<long> keys, ComparedTarget target, LoadedVersion loaded, CancellationToken cancellationToken)
    {
        if (keys.Count == 0 || loaded is not { Doubt: null, Version: { } version }) return 0;
        await using var stored = await bucket.OpenAsync(new VersionKey(target.Source, version).Rows, 0, cancellationToken);
        return stored is null ? 0 : await RemoveAsync(keys, stored.Body, new ColumnName($"{target.Source}_id"), cancellationToken);
    }

    private static async Task<int> RemoveAsync(HashSet<long> keys, Stream body, ColumnName keyColumn, CancellationToken cancellationToken)
    {
        var removed = 0;
        using var rows = new JsonRowReader(body);
        try
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                if (FindKey(rows.Current, keyColumn) is { } key && keys.Remove(key)) removed++;
            }
        }
        catch (UnreadableRowsException)
        {
            // What lies behind the damage can't be told, so those keys stay, and count.
        }

        return removed;
    }

    private static long? FindKey(JsonRow row, ColumnName keyColumn) =>
        row.TryGetValue(keyColumn, out var value) && Utf8Parser.TryParse(value.Raw, out long key, out var length) && length == value.Raw.Length
            ? key
            : null;
}
