namespace EtlPipeline.Transform.Mapping;

/// <summary>A dimension that is made from one source table. Its rows hold the latest values; a row that vanishes from the source stays.</summary>
/// <inheritdoc/>
internal abstract class Dimension<TRow>(string name, string source) : Target<TRow>(name, source)
{
    /// <summary>Reads a row of the source table.</summary>
    protected abstract TRow Read(SourceRow row);

    protected sealed override Func<SourceRow, TRow> RowReader(LookUpRows? lookUp) => Read;
}
