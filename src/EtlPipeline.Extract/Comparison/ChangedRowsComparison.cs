using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Rows;

namespace EtlPipeline.Extract.Comparison;

/// <summary>The source's rows that may have changed: a row that is not among them is as it was, or was deleted.</summary>
/// <param name="formatter">Writes keys and rows.</param>
internal sealed class ChangedRowsComparison(RowFormatter formatter) : IRowComparison
{
    private readonly Dictionary<UInt128, UInt128> _rowsByKey = [];
    private readonly HashSet<UInt128> _unchangedKeys = [];
    private CompactHashSet? _remaining;
    private byte[] _line = [];

    /// <summary>Begins anew, now that the keys of all rows are known: one that is not among them was deleted.</summary>
    public void RestrictTo(CompactHashSet keys)
    {
        _remaining = keys;
        _unchangedKeys.Clear();
    }

    public ComparisonDepth Depth => ComparisonDepth.ChangedRows;

    public void Add(SourceRow row) => _rowsByKey.Add(row.Key, RowHash.Of(row.Json.Span));

    public void Seal()
    {
    }

    public bool IsUnchanged(JsonRow row, out ReadOnlyMemory<byte> line)
    {
        line = default;
        var key = formatter.HashKey(row) ?? throw new MetadataMismatchException();
        if (!_rowsByKey.TryGetValue(key, out var current))
        {
            line = OneLine.Of(row.Utf8, ref _line);
            return _remaining is null || _remaining.Contains(key);
        }

        if (!IsEqual(row, current, out line)) return false;
        return _unchangedKeys.Add(key);
    }

    public bool IsChanged(JsonRow row) => !_unchangedKeys.Contains(formatter.HashKey(row)!.Value);

    private bool IsEqual(JsonRow row, UInt128 current, out ReadOnlyMemory<byte> line)
    {
        line = OneLine.Of(row.Utf8, ref _line);
        return RowHash.Of(row.Utf8) == current || (formatter.TryRewrite(row, out line) && RowHash.Of(line.Span) == current);
    }
}
