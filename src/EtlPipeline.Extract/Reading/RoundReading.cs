using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Publication;
using EtlPipeline.Extract.Source;

namespace EtlPipeline.Extract.Reading;

/// <summary>The fourth step of a table: neighbouring segments are read whole, those first that are most overdue, and put as chunks.</summary>
internal sealed class RoundReading(ExtractRun run, TableExtraction table)
{
    private const int GuessedRowBytes = 128;

    // How often a slow reading looks at the clock, in rows.
    private const int RowsBetweenLooks = 1024;

    private SegmentMap Segments => table.Segments;

    private bool IsIndexed => table.Relation.IsIndexed;

    /// <summary>Reads the segments that have to be read: the due and the unknown ones. False if there is none.</summary>
    public async Task<bool> ReadDueAsync() => await ReadAsync(new ChunkChoice(run, table).FindDue());

    /// <summary>Reads the segments that have to be read, or else those to which the daily round comes. False if there is none.</summary>
    public async Task<bool> ReadNextAsync() => await ReadAsync(new ChunkChoice(run, table).FindNext());

    private async Task<bool> ReadAsync(ChunkRange? chosen)
    {
        if (chosen is not { } range) return false;
        var limit = range.Reason == VersionReason.First ? RowLimit() : (long?)null;
        await using var reader = await run.Snapshot.ReadAsync(
            table.Relation, new RowSelection(Segments.RangeOf(range.First, range.Last), Changed: null, limit), run.CancellationToken);
        var rows = new ChunkRows(reader, limit, run.CancellationToken);
        await rows.MoveNextAsync();
        for (var chunks = 0; chunks < (IsIndexed ? 1 : run.Limits.SortedChunks); chunks++)
        {
            if (chunks > 0 && (!rows.HasRow || run.Invocation.IsTimeUp)) break;
            if (await PutChunkAsync(rows, range) is not { } rest) break;
            range = rest;
        }

        return true;
    }

    /// <summary>Reads one chunk and puts it.</summary>
    /// <returns>What is left of the range; null if nothing is.</returns>
    private async Task<ChunkRange?> PutChunkAsync(ChunkRows rows, ChunkRange range)
    {
        await using var draft = table.Begin(VersionKind.Chunk, range.Reason);
        var cutter = new SegmentCutter(run.Limits, Read(draft.Version));
        var bytes = range.Reason == VersionReason.First || !IsIndexed ? run.Limits.ChunkBytes * 5 / 4 : run.Limits.ChunkBytes * 2;
        var end = await CopyAsync(rows, draft.Body, cutter, bytes);
        var keys = Segments.RangeOf(range.First, range.Last);
        var to = rows.IsAtEnd ? keys.To : end;
        var left = Replace(range, cutter, to, isWhole: rows.IsAtEnd);
        await table.PutAsync(draft, keys with { To = to });
        return left;
    }

    /// <summary>Copies rows until the chunk is full, or the time is up.</summary>
    /// <returns>The key of the last row; null if there is none.</returns>
    private async Task<RowKey?> CopyAsync(ChunkRows rows, VersionBody body, SegmentCutter cutter, long bytes)
    {
        RowKey? end = null;
        while (end is null && rows.HasRow)
        {
            var row = rows.Row;
            body.Write(row.Json);
            cutter.Add(row);
            table.See(row.Transaction);
            var isFull = body.Bytes >= bytes || (body.Rows % RowsBetweenLooks == 0 && run.Invocation.IsTimeUp);
            if (isFull || rows.IsLast) end = row.Key;
            await rows.MoveNextAsync();
        }

        return end;
    }

    /// <summary>Puts the segments of a chunk in the place of those that it has read; if it ends within one, the rest of that is due.</summary>
    private ChunkRange? Replace(ChunkRange range, SegmentCutter cutter, RowKey? to, bool isWhole)
    {
        var read = cutter.Complete(to);
        var end = isWhole ? range.Last : Segments.Find(to!);
        var rest = isWhole || to!.Equals(Segments.All[end].To) ? null : Rest(range, end, cutter);
        Segments.Replace(range.First, end, read, rest);
        var first = range.First + read.Count;
        var last = range.Last - (end - range.First + 1) + read.Count + (rest is null ? 0 : 1);
        return first > last ? null : range with { First = first, Last = last };
    }

    /// <summary>What a chunk has left of its last segment. That segment was counted in this snapshot, as were all before it.</summary>
    private Segment Rest(ChunkRange range, int end, SegmentCutter cutter)
    {
        var segment = Segments.All[end];
        if (segment.IsUnknown) return segment;
        var before = Segments.All.Skip(range.First).Take(end - range.First + 1).ToList();
        var rows = Math.Max(0, before.Sum(neighbour => neighbour.Rows) - cutter.Rows);
        return segment with
        {
            Due = segment.Due ?? range.Reason,
            Rows = rows,
            Keys = before.Aggregate(-cutter.Keys, (sum, neighbour) => sum + neighbour.Keys),
            Bytes = segment.Rows == 0 ? 0 : (long)((double)segment.Bytes * rows / segment.Rows),
        };
    }

    private Segment Read(TableVersion version) => new()
    {
        Read = version,
        ReadAt = run.Point.TakenAt,
        Since = table.LookUpsVerified < version ? table.LookUpsVerified : version,
    };

    /// <summary>About how many rows of what was never read make a chunk, or as many as are read in one go.</summary>
    private long RowLimit()
    {
        var bytes = Segments.KnownRows > 0 ? Math.Max(1, Segments.KnownBytes / Segments.KnownRows) : GuessedRowBytes;
        return Math.Max(1, run.Limits.ChunkBytes / bytes) * (IsIndexed ? 1 : run.Limits.SortedChunks);
    }

    /// <summary>Rows of which one is looked at before it is taken.</summary>
    private sealed class ChunkRows(RowReader reader, long? limit, CancellationToken cancellationToken)
    {
        public RowReader Row => reader;

        public bool HasRow { get; private set; }

        /// <summary>Whether the row is the last that was asked for, so that nobody knows whether more follow.</summary>
        public bool IsLast => reader.Count == limit;

        /// <summary>Whether the range has no more rows.</summary>
        public bool IsAtEnd => !HasRow && !IsLast;

        public async ValueTask MoveNextAsync() => HasRow = await reader.ReadAsync(cancellationToken);
    }
}
