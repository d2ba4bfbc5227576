using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Publication;
using EtlPipeline.Extract.Source;

namespace EtlPipeline.Extract.Reading;

/// <summary>Why all segments of a table have to be read, whatever its rows say.</summary>
internal static class DueReasons
{
    private const ulong HalfTheTransactions = 1UL << 31;

    /// <summary>Refuses a source from which the chain can't go on.</summary>
    /// <exception cref="PipelineException">It is of another kind, or a standby that lies behind.</exception>
    public static void CheckSource(ExtractRun run, TableChain chain)
    {
        if (chain.State?.Metadata is not { } newest) return;
        if (newest.Source != run.Source)
            throw new PipelineException(
                $"Table '{chain.Table}' was extracted from the source '{newest.Source}' so far, and now it is '{run.Source}'. Name another bucket in AWS_INGEST_BUCKET, "
                + "or set IS_OLTP_OK as it was");
        if (run.Point.ReplayedBefore is { } replayed && newest.Wal is { } wal && replayed < wal && run.Point.IsSameSystem(newest.Server))
            throw new PipelineException(
                $"Table '{chain.Table}' was extracted at the position {wal} of the write-ahead log, and this standby has replayed only {replayed}; "
                + "the next run tries again. Read from the primary if the standby is often behind");
    }

    /// <summary>Makes the segments due for what the snapshot, the event and the lake say, and finds out what counts as changed.</summary>
    public static void Apply(ExtractRun run, TableExtraction table)
    {
        if (table.Chain.State?.Metadata is not { } newest) return;
        var (point, segments) = (run.Point, table.Segments);
        if (newest.Server != point.Server || point.Xmax < newest.SnapshotXmax || point.Xmax - newest.SnapshotXmin >= HalfTheTransactions)
            segments.MakeAllDue(VersionReason.Server);
        else
            table.Since = new ChangedSince(newest.SnapshotXmin, table.Chain.State.Seen);
        if (newest.Shape != table.Relation.Shape) segments.MakeAllDue(VersionReason.Shape);
        if (run.Request.IsFull) segments.MakeAllDue(VersionReason.Full);
        if (run.IsNamed(table.Table) || table.Chain.HasLateVersion) segments.MakeAllDue(VersionReason.Repair);
        segments.MakeOverdueDue(point.TakenAt);
    }
}
