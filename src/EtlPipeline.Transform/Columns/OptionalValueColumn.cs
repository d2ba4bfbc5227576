using Parquet;
using Parquet.Schema;

namespace EtlPipeline.Transform.Columns;

/// <summary>An optional column.</summary>
/// <param name="field">Name and type in Parquet.</param>
/// <param name="value">The value of a row, or null.</param>
internal sealed class OptionalValueColumn<TRow, T>(DataField field, Func<TRow, T?> value) : Column<TRow>(field) where T : struct
{
    private readonly Func<TRow, T?> _value = value;

    public override ColumnBuffer<TRow> CreateBuffer() => new Buffer(this);

    private sealed class Buffer(OptionalValueColumn<TRow, T> column) : ColumnBuffer<TRow>
    {
        private readonly List<T?> _values = [];

        public override void Add(TRow row, RowState state) => _values.Add(column._value(row));

        public override void Truncate(int count) => _values.RemoveRange(count, _values.Count - count);

        public override async Task WriteAsync(ParquetRowGroupWriter rowGroup, CancellationToken cancellationToken)
        {
            await rowGroup.WriteAsync(column.Field, new ReadOnlyMemory<T?>([.. _values]), cancellationToken: cancellationToken);
            _values.Clear();
        }
    }
}
