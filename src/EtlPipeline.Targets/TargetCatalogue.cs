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

    private static readonly HashSet<string> Keyed =
    [
        "address", "counterparty", "currency", "department", "design", "payment", "payment_type", "purchase_order", "sales_order", "staff", "transaction",
    ];

    /// <summary>The look-up tables whose columns the targets of a source table carry too.</summary>
    public static IReadOnlyList<TableName> LookUpsOf(TableName source) => LookUps.TryGetValue(source, out var lookUp) ? [lookUp] : [];

    /// <summary>The source columns that are the key of a source table's target; null if it has no target.</summary>
    public static IReadOnlyList<string>? SourceKeyOf(TableName source) => Keyed.Contains(source.Value) ? [$"{source}_id"] : null;

    /// <summary>Whether other tables carry columns of this one.</summary>
    public static bool IsLookUp(TableName table) => LookUps.ContainsValue(table);
}
