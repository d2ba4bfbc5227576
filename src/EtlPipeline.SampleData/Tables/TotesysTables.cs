namespace EtlPipeline.SampleData.Tables;

/// <summary>The tables of totesys.</summary>
public static class TotesysTables
{
    /// <summary>All eleven, each after those that it refers to.</summary>
    public static IReadOnlyList<TotesysTable> All { get; } =
    [
        Address.Table,
        Department.Table,
        Currency.Table,
        PaymentType.Table,
        Counterparty.Table,
        Staff.Table,
        Design.Table,
        SalesOrder.Table,
        PurchaseOrder.Table,
        Transaction.Table,
        Payment.Table,
    ];

    /// <summary>The table of a name, or null.</summary>
    public static TotesysTable? Find(string name) => All.FirstOrDefault(table => table.Name == name);
}
