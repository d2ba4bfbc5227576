using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Reading;

/// <summary>Neighbouring segments that are read together, for one reason.</summary>
/// <param name="First">The first one.</param>
/// <param name="Last">The last one.</param>
/// <param name="Reason">The reason.</param>
internal readonly record struct ChunkRange(int First, int Last, VersionReason Reason);

/// <summary>Which segments of a table are read next.</summary>
internal sealed class ChunkChoice(ExtractRun run, TableExtraction table)
{
    private SegmentMap Segments => table.Segments;

    /// <summary>The segments that have to be read: due ones, the oldest first, and unknown ones take turns. Null if there is none.</summary>
    public ChunkRange? FindDue()
    {
        Segments.Join();
        var oldest = FindOldest(i => Segments.All[i].Due is { });
        if (!Segments.HasUnknown) return oldest is { } due ? Expand(due) : null;
        var isTurnOfUnknown = oldest is null || table.IsTurnOfUnknown;
        table.IsTurnOfUnknown = !isTurnOfUnknown;
        return isTurnOfUnknown ? new ChunkRange(Segments.KnownCount, Segments.All.Count - 1, VersionReason.First) : Expand(oldest!.Value);
    }

    /// <summary>The segments that have to be read, or else those to which the daily round comes. Null if there is none.</summary>
    public ChunkRange? FindNext() => FindDue() ?? (FindOldest(IsTurn) is { } oldest ? Expand(oldest) : null);

    private bool IsTurn(int index) => Segments.IsTurnOf(index, run.Point.TakenAt);

    private int? FindOldest(Func<int, bool> isMeant)
    {
        int? oldest = null;
        for (var i = 0; i < Segments.KnownCount; i++)
        {
            if (isMeant(i) && (oldest is null || Segments.All[i].Read < Segments.All[oldest.Value].Read)) oldest = i;
        }

        return oldest;
    }

    /// <summary>Takes in the neighbours that are to be read for the same reason, as long as they make about one chunk.</summary>
    private ChunkRange Expand(int first)
    {
        var due = Segments.All[first].Due;
        var bytes = run.Limits.ChunkBytes * (table.Relation.IsIndexed ? 1 : run.Limits.SortedChunks) - Segments.All[first].Bytes;
        var last = first;
        while (last + 1 < Segments.KnownCount && IsAlike(last + 1) && (bytes -= Segments.All[last + 1].Bytes) >= 0) last++;
        return new ChunkRange(first, last, due ?? VersionReason.Round);

        bool IsAlike(int index) => Segments.All[index].Due == due && (due is { } || IsTurn(index));
    }
}
