using EtlPipeline.Core.Rows;
using Parquet;

namespace EtlPipeline.Transform.Columns;

/// <summary>A column's values of the row group that is being gathered.</summary>
internal abstract class ColumnBuffer<TRow>
{
    /// <summary>Adds the value of a row.</summary>
    /// <exception cref="InvalidRowException">The row has none that the column can hold; nothing was added.</exception>
    public abstract void Add(TRow row, RowState state);

    /// <summary>Keeps the first <paramref name="count"/> values.</summary>
    public abstract void Truncate(int count);

    /// <summary>Writes the values as the column's part of the row group, and forgets them.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter rowGroup, CancellationToken cancellationToken);
}
