using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Versions;

namespace EtlPipeline.Extract.Planning;

/// <summary>Decides how a table is extracted.</summary>
/// <param name="source">Where the rows come from.</param>
/// <param name="snapshot">The run's snapshot.</param>
/// <param name="isFull">Whether every table is to be written from scratch.</param>
internal sealed class ExtractionPlanner(SourceKind source, SnapshotPoint snapshot, bool isFull)
{
    // PostgreSQL compares transaction ids modulo 2^32 (Routine Vacuuming: Preventing Transaction ID Wraparound Failures).
    private const ulong ComparableTransactions = 1UL << 31;

    private static readonly TimeSpan LongestWithoutFullComparison = TimeSpan.FromHours(24);

    public ExtractionPlan Decide(SourceRelation relation, NewestVersion? newest)
    {
        if (newest is null) return new ExtractionPlan.WriteEveryRow();
        if (newest.Metadata is not { } metadata)
            return isFull ? new ExtractionPlan.WriteEveryRow() : new ExtractionPlan.CompareAll(ComparisonReason.NoMetadata);
        if (metadata.Source != source) return OtherSource(metadata);
        if (isFull) return new ExtractionPlan.WriteEveryRow();
        if (IsBehind(metadata)) return Behind();
        return FindReason(relation, metadata) is { } reason
            ? new ExtractionPlan.CompareAll(reason)
            : new ExtractionPlan.CompareChanged(new RowFilter.ChangedSince(metadata.ExtractedAt, metadata.SnapshotXmin));
    }

    private string? FindReason(SourceRelation relation, IngestionMetadata newest)
    {
        if (!relation.HasTransactionIds) return ComparisonReason.NoTransactionIds;
        if (newest.Server != snapshot.Server) return ComparisonReason.OtherServer;
        if (snapshot.Xmax < newest.SnapshotXmax) return ComparisonReason.TransactionIdsRestarted;
        if (snapshot.Xmax - newest.SnapshotXmin >= ComparableTransactions) return ComparisonReason.TransactionIdsWrapped;
        if (newest.Shape != relation.Shape) return ComparisonReason.OtherShape;
        return IsDue(newest.FullAt) ? ComparisonReason.Due : null;
    }

    private bool IsDue(DateTimeOffset fullAt) =>
        fullAt > snapshot.TakenAt || snapshot.TakenAt - fullAt > LongestWithoutFullComparison;

    private bool IsBehind(IngestionMetadata newest) =>
        snapshot.IsStandby && (snapshot.Xmax < newest.SnapshotXmax || snapshot.Xmin < newest.SnapshotXmin);

    private static ExtractionPlan.Refuse Behind() => new(
        "the server is a standby and is behind the newest version; it is read when it has caught up, or name the primary in the settings. "
        + """Where this server is the one to go by from now on, send {"full": true}""");

    private ExtractionPlan.Refuse OtherSource(IngestionMetadata newest) => new(
        $"the newest version comes from the source '{newest.Source}', and this run's is '{source}'; they can't be mixed, use other buckets");
}
