using EtlPipeline.Core.Rows;
using Parquet;
using Parquet.Schema;

namespace EtlPipeline.Transform.Columns;

/// <summary>A column of texts.</summary>
/// <param name="field">Name and type in Parquet; whether the column is required.</param>
/// <param name="value">The text of a row, or null.</param>
internal sealed class TextColumn<TRow>(DataField field, Func<TRow, string?> value) : Column<TRow>(field)
{
    private readonly Func<TRow, string?> _value = value;

    public override ColumnBuffer<TRow> CreateBuffer() => new Buffer(this);

    private sealed class Buffer(TextColumn<TRow> column) : ColumnBuffer<TRow>
    {
        private readonly List<string?> _values = [];

        /// <summary>Parquet.Net writes a null into a required column without an error, and the file is corrupt.</summary>
        public override void Add(TRow row, RowState state)
        {
            var text = column._value(row);
            if (text is null && !column.Field.IsNullable)
                throw new InvalidRowException($"nothing for the required column '{column.Name}' of the warehouse");
            _values.Add(text);
        }

        public override void Truncate(int count) => _values.RemoveRange(count, _values.Count - count);

        public override async Task WriteAsync(ParquetRowGroupWriter rowGroup, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await rowGroup.WriteAsync(column.Field, _values);
            _values.Clear();
        }
    }
}
