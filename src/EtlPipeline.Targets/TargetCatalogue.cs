using EtlPipeline.Core.Lake;

namespace EtlPipeline.Targets;

/// <summary>The warehouse tables that are made from source tables.</summary>
public static class TargetCatalogue
{
    private static readonly Dictionary<TableName, TableName> LookUps = new()
    {
        [TableName.Parse("staff")] = TableName.Parse("department"),
        [TableName.Parse("counterparty")] = TableName.Parse("address"),
    };

    /// <summary>The look-up tables whose columns the targets of a source table carry too.</summary>
    public static IReadOnlyList<TableName> LookUpsOf(TableName source) => LookUps.TryGetValue(source, out var lookUp) ? [lookUp] : [];

    /// <summary>Whether other tables carry columns of this one.</summary>
    public static bool IsLookUp(TableName table) => LookUps.ContainsValue(table);
}
