using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Columns;

namespace EtlPipeline.Transform.Mapping;

/// <summary>What dimensions and facts have in common: columns, and a source table.</summary>
/// <typeparam name="TRow">A row of the source table.</typeparam>
/// <param name="name">The warehouse table.</param>
/// <param name="source">The source table.</param>
internal abstract class Target<TRow>(string name, string source) : WarehouseTable<TRow>(name), ITarget
{
    /// <summary>What stands in a required column where the source has nothing.</summary>
    protected const string Unknown = "unknown";

    public TableName Source { get; } = TableName.Parse(source);

    public virtual bool KeepsDeletedRows => false;

    public virtual TableName? LookUp => null;

    public virtual LookUpRows CreateLookUpRows() => throw new InvalidOperationException($"{Name} has no look-up.");

    public async Task<RowTransformation> BeginAsync(Stream parquet, LookUpRows? lookUp, CancellationToken cancellationToken) =>
        new RowTransformation<TRow>(await ParquetTableWriter<TRow>.CreateAsync(this, parquet, cancellationToken), RowReader(lookUp));

    /// <summary>How rows are read, given the rows of the look-up.</summary>
    protected abstract Func<SourceRow, TRow> RowReader(LookUpRows? lookUp);
}
