using Parquet.Schema;

namespace EtlPipeline.Transform.Columns;

/// <summary>A column of a warehouse table: its name and type in Parquet, and how its value comes from a source row.</summary>
internal abstract class Column<TRow>(DataField field)
{
    public DataField Field { get; } = field;

    public string Name => Field.Name;

    /// <summary>A buffer for the column's part of one file.</summary>
    public abstract ColumnBuffer<TRow> CreateBuffer();
}
