using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Rows;

namespace EtlPipeline.Extract.Comparison;

/// <summary>All rows of the source: a row that is not among them is not there any more.</summary>
internal sealed class FullComparison(RowFormatter formatter, long rows) : IRowComparison
{
    private readonly CompactHashSet _rows = new(rows);
    private byte[] _line = [];

    public ComparisonDepth Depth => ComparisonDepth.AllRows;

    public void Add(SourceRow row) => _rows.Add(RowHash.Of(row.Json.Span));

    public void Seal() => _rows.Seal();

    /// <summary>A row in another form than ours is equal where its values are; of two equal rows the second one goes.</summary>
    public bool IsUnchanged(JsonRow row, out ReadOnlyMemory<byte> line)
    {
        if (_rows.TryMark(RowHash.Of(row.Utf8)))
        {
            line = OneLine.Of(row.Utf8, ref _line);
            return true;
        }

        return formatter.TryRewrite(row, out line) && _rows.TryMark(RowHash.Of(line.Span));
    }

    public bool IsChanged(JsonRow row) => !_rows.IsMarked(RowHash.Of(row.Utf8));
}
