using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load.Warehouse;

/// <summary>A table of the warehouse, as the catalog describes it.</summary>
internal sealed record TargetTable
{
    public required TableName Name { get; init; }

    /// <summary>Its columns, in the table's order.</summary>
    public required IReadOnlyList<TargetColumn> Columns { get; init; }

    public required IReadOnlyList<ForeignKey> ForeignKeys { get; init; }

    /// <summary>Whether the table keeps a record of every change; a dimension keeps the latest values only.</summary>
    public bool IsFact => Name.Value.StartsWith("fact_", StringComparison.Ordinal);

    public TargetColumn? Find(string column) => Columns.FirstOrDefault(candidate => candidate.Name == column);
}
