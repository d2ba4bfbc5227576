using EtlPipeline.Transform.Columns;
using Parquet.Schema;

namespace EtlPipeline.Transform.Mapping;

/// <summary>
/// A fact. Its full history is kept: a row that vanishes from the source becomes one more record, as last seen, with <c>is_deleted</c>, a
/// column that follows those that are declared.
/// </summary>
/// <inheritdoc/>
internal abstract class Fact<TRow>(string name, string source) : Target<TRow>(name, source)
{
    private static readonly Column<TRow> IsDeleted =
        new ValueColumn<TRow, bool>(new DataField<bool>("is_deleted"), (_, state) => state == RowState.Deleted);

    public sealed override bool KeepsDeletedRows => true;

    public sealed override IReadOnlyList<Column<TRow>> Columns => [.. base.Columns, IsDeleted];

    /// <summary>Reads a row of the source table.</summary>
    protected abstract TRow Read(SourceRow row);

    protected sealed override Func<SourceRow, TRow> RowReader(LookUpRows? lookUp) => Read;
}
