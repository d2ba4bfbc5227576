namespace EtlPipeline.Core.Lake;

/// <summary>The tables of the totesys database. A source table that is not among them can be ingested all the same; it has no look-up.</summary>
public static class SourceCatalogue
{
    /// <summary>The tables, look-up tables first.</summary>
    public static IReadOnlyList<SourceTable> Tables { get; } =
    [
        Table("address"),
        Table("department"),
        Table("counterparty", lookUp: "address"),
        Table("currency"),
        Table("design"),
        Table("payment"),
        Table("payment_type"),
        Table("purchase_order"),
        Table("sales_order"),
        Table("staff", lookUp: "department"),
        Table("transaction"),
    ];

    /// <summary>The look-up of a table, or null.</summary>
    public static TableName? LookUpOf(TableName table) => Tables.FirstOrDefault(known => known.Name == table)?.LookUp;

    /// <summary>Whether other tables carry columns of this one.</summary>
    public static bool IsLookUp(TableName table) => Tables.Any(known => known.LookUp == table);

    private static SourceTable Table(string name, string? lookUp = null) =>
        new(TableName.Parse(name), lookUp is null ? null : TableName.Parse(lookUp));
}
