using System.Numerics;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Source;

namespace EtlPipeline.Extract.Reading;

/// <summary>Cuts the rows of a chunk into segments while they are read.</summary>
/// <param name="limits">How large a segment is.</param>
/// <param name="read">What is known of each: the version that reads it, when, and since when its rows have been compared.</param>
internal sealed class SegmentCutter(ExtractLimits limits, Segment read)
{
    private readonly List<Segment> _done = [];
    private long _rows;
    private long _bytes;
    private Int128 _keys;
    private Int128 _allKeys;

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    /// <summary>The sum of their keys' hashes.</summary>
    public BigInteger Keys => _allKeys;

    /// <summary>Adds a row.</summary>
    public void Add(RowReader row)
    {
        Rows++;
        _allKeys += row.KeyHash;
        (_rows, _bytes, _keys) = (_rows + 1, _bytes + row.Json.Length + 2, _keys + row.KeyHash);
        if (_rows < limits.SegmentRows && _bytes < limits.SegmentBytes) return;
        Cut(row.Key);
    }

    /// <summary>Ends the chunk.</summary>
    /// <param name="to">Where its range ends.</param>
    /// <returns>Its segments; one at least. Only the last one may be larger than a segment should be, and that is divided once it is twice as large.</returns>
    public IReadOnlyList<Segment> Complete(RowKey? to)
    {
        if (_done.Count == 0)
        {
            Cut(to);
            return _done;
        }

        var last = _done[^1];
        _done[^1] = last with { To = to, Rows = last.Rows + _rows, Keys = last.Keys + _keys, Bytes = last.Bytes + _bytes };
        return _done;
    }

    private void Cut(RowKey? to)
    {
        _done.Add(read with { To = to, Rows = _rows, Keys = _keys, Bytes = _bytes });
        (_rows, _bytes, _keys) = (0, 0, Int128.Zero);
    }
}
