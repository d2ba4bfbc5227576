using System.Numerics;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Publication;

namespace EtlPipeline.Extract.Reading;

/// <summary>The segments of a table in a run: they cover every possible key, and the unknown one, if any, is the last.</summary>
internal sealed class SegmentMap
{
    private readonly List<Segment> _segments;
    private readonly ExtractLimits _limits;

    public SegmentMap(TableKey key, IReadOnlyList<Segment> segments, ExtractLimits limits) =>
        (Key, _segments, _limits) = (key, [.. segments], limits);

    /// <summary>The key by which they are ordered.</summary>
    public TableKey Key { get; }

    /// <summary>All of them, in key order.</summary>
    public IReadOnlyList<Segment> All => _segments;

    /// <summary>How many were read once.</summary>
    public int KnownCount
    {
        get
        {
            // The unknown ones are the last, and mostly there is one at most.
            var count = _segments.Count;
            while (count > 0 && _segments[count - 1].IsUnknown) count--;
            return count;
        }
    }

    public bool HasUnknown => _segments[^1].IsUnknown;

    public bool IsComplete => _segments.TrueForAll(segment => segment is { IsUnknown: false, Due: null });

    public long KnownRows => Known.Sum(segment => segment.Rows);

    public BigInteger KnownKeys => Known.Aggregate(BigInteger.Zero, (sum, segment) => sum + segment.Keys);

    public long KnownBytes => Known.Sum(segment => segment.Bytes);

    /// <summary>The range of the known segments; there is one at least.</summary>
    public KeyRange KnownRange => RangeOf(0, KnownCount - 1);

    private IEnumerable<Segment> Known => _segments.Where(segment => !segment.IsUnknown);

    /// <summary>A table that begins.</summary>
    public static SegmentMap Begin(TableKey key, ExtractLimits limits) => new(key, [new Segment()], limits);

    /// <summary>The range of some neighbours.</summary>
    public KeyRange RangeOf(int first, int last) => new(first == 0 ? null : _segments[first - 1].To, _segments[last].To);

    /// <summary>The segment that a key lies in.</summary>
    public int Find(RowKey key)
    {
        var (low, high) = (0, _segments.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Key.Compare(key, _segments[middle].To) <= 0) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>
    /// Makes a known segment due, unless it is for another reason. The round stands behind all others: what a reading finds that has a reason of
    /// its own had not been missed, and a look-up table's rows may have changed.
    /// </summary>
    public void MakeDue(int index, VersionReason reason)
    {
        if (_segments[index] is { IsUnknown: false, Due: null or VersionReason.Round } segment) _segments[index] = segment with { Due = reason };
    }

    /// <summary>Makes all known segments due, unless they are for another reason.</summary>
    public void MakeAllDue(VersionReason reason)
    {
        for (var i = 0; i < _segments.Count; i++) MakeDue(i, reason);
    }

    /// <summary>Makes the segments due whose daily round is overdue. One that was read in the future was so by a wrong clock.</summary>
    public void MakeOverdueDue(DateTimeOffset now)
    {
        for (var i = 0; i < _segments.Count; i++)
        {
            if (_segments[i].ReadAt is { } readAt && (readAt > now || now - readAt >= _limits.RoundEnd)) MakeDue(i, VersionReason.Round);
        }
    }

    /// <summary>Whether the daily round comes to a segment; never to one that this run has read.</summary>
    public bool IsTurnOf(int index, DateTimeOffset now) =>
        _segments[index].ReadAt is { } readAt && readAt < now && now - readAt >= _limits.RoundStart + _limits.RoundSpread * ((double)index / _segments.Count);

    /// <summary>Adds an inserted row to its segment.</summary>
    public void AddRow(int index, long keyHash, long bytes)
    {
        var segment = _segments[index];
        _segments[index] = segment with { Rows = segment.Rows + 1, Keys = segment.Keys + keyHash, Bytes = segment.Bytes + bytes };
    }

    /// <summary>Sets what was counted in a segment.</summary>
    public void SetCounted(int index, long rows, BigInteger keys)
    {
        var segment = _segments[index];
        var bytes = segment.Rows == 0 ? segment.Bytes : (long)((double)segment.Bytes * rows / segment.Rows);
        _segments[index] = segment with { Rows = rows, Keys = keys, Bytes = bytes };
    }

    /// <summary>Puts segments that were read in place of some neighbours.</summary>
    /// <param name="first">The first neighbour.</param>
    /// <param name="last">The last neighbour.</param>
    /// <param name="read">The segments that were read.</param>
    /// <param name="rest">What of the last neighbour was not read; null if all was.</param>
    public void Replace(int first, int last, IReadOnlyList<Segment> read, Segment? rest)
    {
        _segments.RemoveRange(first, last - first + 1);
        _segments.InsertRange(first, rest is null ? read : [.. read, rest]);
    }

    /// <summary>Joins neighbours that have shrunk to a quarter; if there are more segments than a table may have, they grow.</summary>
    public void Join()
    {
        JoinIf((left, right) => IsSmall(left) && IsSmall(right));
        for (var times = 1; _segments.Count > _limits.Segments && times < 1 << 20; times *= 2)
        {
            var (rows, bytes) = (_limits.SegmentRows * times, _limits.SegmentBytes * times);
            JoinIf((left, right) => left.Rows + right.Rows <= rows && left.Bytes + right.Bytes <= bytes);
        }
    }

    private bool IsSmall(Segment segment) => segment.Rows <= _limits.SegmentRows / 4 && segment.Bytes <= _limits.SegmentBytes / 4;

    private void JoinIf(Func<Segment, Segment, bool> canJoin)
    {
        var kept = 0;
        for (var i = 1; i < _segments.Count; i++)
        {
            var (left, right) = (_segments[kept], _segments[i]);
            if (!left.IsUnknown && !right.IsUnknown && left.Due == right.Due && canJoin(left, right)) _segments[kept] = Join(left, right);
            else _segments[++kept] = right;
        }

        _segments.RemoveRange(kept + 1, _segments.Count - kept - 1);
    }

    private static Segment Join(Segment left, Segment right) => new()
    {
        To = right.To,
        Rows = left.Rows + right.Rows,
        Bytes = left.Bytes + right.Bytes,
        Keys = left.Keys + right.Keys,
        Read = Older(left.Read, right.Read),
        ReadAt = left.ReadAt < right.ReadAt ? left.ReadAt : right.ReadAt,
        Since = Older(left.Since, right.Since),
        Due = left.Due,
    };

    private static TableVersion? Older(TableVersion? left, TableVersion? right) => left < right ? left : right;
}
