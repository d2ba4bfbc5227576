using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Publication;

/// <summary>The versions of a table that lie in the bucket, as far as a run has to know them.</summary>
internal sealed record TableChain
{
    /// <summary>The table.</summary>
    public required TableName Table { get; init; }

    /// <summary>The newest version, on which the next one is chained; null if there is none.</summary>
    public TableVersion? Newest { get; init; }

    /// <summary>What the newest version says; null if it can't be relied on, so that the table begins.</summary>
    public ChainState? State { get; init; }

    /// <summary>The newest stamp that any object of the table has; null if there is none.</summary>
    public TableVersion? NewestStamp { get; init; }

    /// <summary>Whether a version lies off the chain: a dead run's, which was put late.</summary>
    public bool HasLateVersion { get; init; }
}

/// <summary>What a version says of its table.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Segments">What lies beside it.</param>
internal sealed record ChainState(VersionMetadata Metadata, SegmentsObject Segments)
{
    /// <summary>What counts as changed since the version's snapshot.</summary>
    public SeenTransactions Seen => Segments.Seen.First == Metadata.SnapshotXmin ? Segments.Seen : SeenTransactions.None;

    /// <summary>Whether metadata and segments agree. What a chunk holds is checked if no segment has been joined across its ends.</summary>
    public bool IsConsistent(TableVersion version)
    {
        var segments = Segments.Segments;
        if (Metadata.Key != Segments.Key.ToString()) return false;
        if (Metadata.IsComplete != segments.All(segment => !segment.IsUnknown && segment.Due is null)) return false;
        if (Metadata.OldestRead != SegmentTotals.OldestRead(segments) || Metadata.Verified != SegmentTotals.Verified(segments)) return false;
        if (segments.Any(segment => segment.Read > version)) return false;
        if (Segments.Range is not { } range) return Metadata.Kind == VersionKind.Changes;
        if (Metadata.Kind != VersionKind.Chunk) return false;
        var first = range.From is null ? 0 : IndexAfter(range.From);
        var last = range.To is null ? segments.Count : IndexAfter(range.To);
        return first < 0 || last < 0 || (first < last && segments.Skip(first).Take(last - first).Sum(segment => segment.Rows) == Metadata.Rows);

        int IndexAfter(RowKey bound)
        {
            for (var i = 0; i < segments.Count; i++)
            {
                if (bound.Equals(segments[i].To)) return i + 1;
            }

            return -1;
        }
    }
}

/// <summary>What follows for a version from its segments.</summary>
internal static class SegmentTotals
{
    /// <summary>The oldest version that holds rows of the table; null if a segment was never read.</summary>
    public static TableVersion? OldestRead(IReadOnlyList<Segment> segments) =>
        segments.Any(segment => segment.IsUnknown) ? null : segments.Min(segment => segment.Read);

    /// <summary>Since when all rows have been compared; null if a segment was never read.</summary>
    public static TableVersion? Verified(IReadOnlyList<Segment> segments) =>
        segments.Any(segment => segment.IsUnknown) ? null : segments.Min(segment => segment.Since);
}
