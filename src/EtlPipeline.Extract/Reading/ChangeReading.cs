using System.Numerics;
using System.Runtime.InteropServices;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Publication;
using EtlPipeline.Extract.Source;

namespace EtlPipeline.Extract.Reading;

/// <summary>The first three steps of a table: its known segments are counted, what was counted is explained, and what changed is put.</summary>
internal sealed class ChangeReading(ExtractRun run, TableExtraction table)
{
    // How often a slow reading looks at the clock, in rows.
    private const int RowsBetweenLooks = 1024;

    private SegmentMap Segments => table.Segments;

    /// <summary>Takes the steps.</summary>
    /// <exception cref="Core.Hosting.PipelineException">The table has lost too many rows, or can't be read.</exception>
    public async Task FollowAsync()
    {
        if (!table.Relation.HasTransactionIds) await CompareContentAsync();
        else if (Segments.KnownCount == 0) await CheckBeginningAsync();
        else await CountAsync();
    }

    /// <summary>A relation without transaction ids has its rows summed up; if the sum is another one, all of it is due.</summary>
    private async Task CompareContentAsync()
    {
        var count = await run.Snapshot.CountContentAsync(table.Relation, run.CancellationToken);
        table.Content = count.Content;
        var before = table.Chain.State;
        DeleteGuard.Check(run, table, RowsBefore(), count.Rows);
        if (before?.Metadata.Content != count.Content) Segments.MakeAllDue(VersionReason.Changed);
    }

    /// <summary>A table that begins again, because it has another key, may have lost rows on the occasion.</summary>
    private async Task CheckBeginningAsync()
    {
        if (RowsBefore() is not (> 0 and var before)) return;
        var count = await run.Snapshot.CountAsync(table.Relation, KeyRange.All, null, run.CancellationToken);
        DeleteGuard.Check(run, table, before, count.Rows);
    }

    private long RowsBefore() => table.Chain.State?.Segments.Segments.Sum(segment => segment.Rows) ?? 0;

    private async Task CountAsync()
    {
        var count = await run.Snapshot.CountAsync(table.Relation, Segments.KnownRange, table.Since, run.CancellationToken);
        table.See(count.Seen);
        DeleteGuard.Check(run, table, Segments.KnownRows, count.Rows);
        if (count.Changed == 0 && count.Rows == Segments.KnownRows && count.Keys == Segments.KnownKeys) return;
        if (IsSmall(count.Rows)) ReadWhole(count);
        else if (!table.Relation.IsKeyGuarded || count.Changed * run.Limits.BulkPart > count.Rows) await ReadSegmentsAsync();
        else await FollowAsync(count);
    }

    /// <summary>Whether the table is so small that it is read whole instead.</summary>
    private bool IsSmall(long rows)
    {
        if (Segments.All is not [{ IsUnknown: false } only]) return false;
        return only.Rows == 0 ? rows <= run.Limits.SegmentRows : only.Bytes * (double)rows / only.Rows <= run.Limits.SmallTableBytes;
    }

    private void ReadWhole(RangeCount count)
    {
        Segments.MakeDue(0, VersionReason.Changed);
        Segments.SetCounted(0, count.Rows, count.Keys);
    }

    /// <summary>Too much has changed to be followed: the segments that it lies in have to be read.</summary>
    private async Task ReadSegmentsAsync() => await ExplainBySegmentsAsync([], isBulk: true);

    private async Task FollowAsync(RangeCount count)
    {
        await using var draft = count.Changed == 0 ? null : table.Begin(VersionKind.Changes, VersionReason.Changed);
        var changed = new List<ChangedRow>();
        if (draft is { } && !await TryReadChangedAsync(draft.Body, changed))
        {
            await ReadSegmentsAsync();
            await PutDueIfTimeIsUpAsync();
            return;
        }

        if (!TryAddInserted(count, changed)) await ExplainBySegmentsAsync(changed, isBulk: false);
        if (draft is { }) await table.PutAsync(draft, range: null);
    }

    /// <summary>No chunk may follow in this run, and the next one must not begin with the same changes, of which there will be still more.</summary>
    private async Task PutDueIfTimeIsUpAsync()
    {
        if (!run.Invocation.IsTimeUp) return;
        await using var draft = table.Begin(VersionKind.Changes, VersionReason.Bulk);
        await table.PutAsync(draft, range: null);
    }

    /// <summary>Reads what changed; false if it is too much, for one version or for the time that is left.</summary>
    private async Task<bool> TryReadChangedAsync(VersionBody body, List<ChangedRow> changed)
    {
        await using var reader = await run.Snapshot.ReadAsync(table.Relation, new RowSelection(Segments.KnownRange, table.Since), run.CancellationToken);
        var segment = 0;
        while (await reader.ReadAsync(run.CancellationToken))
        {
            body.Write(reader.Json);
            if (body.Bytes > run.Limits.BulkBytes || (body.Rows % RowsBetweenLooks == 0 && run.Invocation.IsTimeUp)) return false;
            while (Segments.All[segment].To is { } to && Segments.Key.Compare(reader.Key, to) > 0) segment++;
            changed.Add(new ChangedRow(segment, reader.KeyHash, reader.Json.Length));
        }

        return true;
    }

    /// <summary>
    /// The rows that were inserted, if inserts alone explain by how much the count and the sum of the keys have grown: most often they are the
    /// last changed ones in key order. If they don't, something was deleted.
    /// </summary>
    private static bool TryExplain(long rows, BigInteger keys, ReadOnlySpan<ChangedRow> changed, out ReadOnlySpan<ChangedRow> inserted)
    {
        inserted = [];
        if (rows < 0 || rows > changed.Length) return false;
        inserted = changed[(changed.Length - (int)rows)..];
        var sum = Int128.Zero;
        foreach (var row in inserted) sum += row.KeyHash;
        return sum == keys;
    }

    private bool TryAddInserted(RangeCount count, List<ChangedRow> changed)
    {
        if (!TryExplain(count.Rows - Segments.KnownRows, count.Keys - Segments.KnownKeys, CollectionsMarshal.AsSpan(changed), out var inserted)) return false;
        foreach (var row in inserted) Segments.AddRow(row.Segment, row.KeyHash, row.Bytes);
        return true;
    }

    /// <summary>Counts by segments in one scan. A segment in which inserts don't explain the count is due.</summary>
    private async Task ExplainBySegmentsAsync(List<ChangedRow> changed, bool isBulk)
    {
        var known = Segments.KnownCount;
        var bounds = Segments.All.Take(known - 1).Select(segment => segment.To!).ToList();
        var counts = await run.Snapshot.CountSegmentsAsync(table.Relation, Segments.KnownRange, bounds, table.Since, run.CancellationToken);
        for (int i = 0, first = 0; i < known; i++)
        {
            var end = first;
            while (end < changed.Count && changed[end].Segment == i) end++;
            var own = CollectionsMarshal.AsSpan(changed)[first..end];
            first = end;
            var (segment, count) = (Segments.All[i], counts[i]);
            if (isBulk && count.Changed > 0) Segments.MakeDue(i, VersionReason.Bulk);
            if (count.Rows == segment.Rows && count.Keys == segment.Keys) continue;
            if (!TryExplain(count.Rows - segment.Rows, count.Keys - segment.Keys, own, out _)) Segments.MakeDue(i, VersionReason.Deleted);
            Segments.SetCounted(i, count.Rows, count.Keys);
        }
    }

    /// <summary>A row that changed.</summary>
    private readonly record struct ChangedRow(int Segment, long KeyHash, int Bytes);
}
