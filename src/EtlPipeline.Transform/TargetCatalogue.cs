using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Targets;

namespace EtlPipeline.Transform;

/// <summary>Which table of the warehouse is made from which table of the source.</summary>
public static class TargetCatalogue
{
    /// <summary>The warehouse tables that are made from no source table.</summary>
    public static IReadOnlyList<TableName> WithoutSource { get; } = [new DimDate().Name];

    /// <summary>The warehouse table that is made from a source table; null where there is none.</summary>
    public static TableName? TargetOf(TableName source) => WarehouseTargets.All.FirstOrDefault(target => target.Source == source)?.Name;
}
