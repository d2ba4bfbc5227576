using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Mapping;

/// <summary>A dimension whose rows carry columns of a second source table too, the look-up.</summary>
/// <typeparam name="TRow">A row of the source table, with the row of the look-up that it refers to.</typeparam>
/// <typeparam name="TLookUp">What is needed of a row of the look-up; all of them are held in memory.</typeparam>
/// <param name="name">The warehouse table.</param>
/// <param name="source">The source table.</param>
/// <param name="lookUp">The look-up; <see cref="SourceCatalogue"/> must know it too, so that Extract keeps the two in step.</param>
/// <param name="key">The key column of the look-up.</param>
/// <param name="reference">The column of the source table that refers to it.</param>
internal abstract class DimensionWithLookUp<TRow, TLookUp>(string name, string source, string lookUp, string key, string reference)
    : Target<TRow>(name, source) where TLookUp : class
{
    public sealed override TableName? LookUp { get; } = TableName.Parse(lookUp);

    public sealed override LookUpRows CreateLookUpRows() => new LookUpRows<TLookUp>(key, ReadLookUp);

    /// <summary>Reads a row of the source table.</summary>
    protected abstract TRow Read(SourceRow row, TLookUp lookUp);

    /// <summary>Reads a row of the look-up.</summary>
    protected abstract TLookUp ReadLookUp(SourceRow row);

    protected sealed override Func<SourceRow, TRow> RowReader(LookUpRows? lookUp)
    {
        var rows = (LookUpRows<TLookUp>)(lookUp ?? throw new ArgumentNullException(nameof(lookUp)));
        return row => Read(row, rows.Find(row.Integer(reference)) ?? throw NotFound());
    }

    private InvalidRowException NotFound() =>
        new($"column '{reference}': table '{LookUp}' has no such row, or one that can't be read");
}
