namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>transaction</c>. It has one leg; none if its order was deleted.</summary>
/// <param name="TransactionId">The key.</param>
/// <param name="TransactionType">A label of the enum <c>TransactionType</c>.</param>
/// <param name="SalesOrderId">The sale.</param>
/// <param name="PurchaseOrderId">The purchase.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
public sealed record Transaction(
    int TransactionId,
    string TransactionType,
    int? SalesOrderId,
    int? PurchaseOrderId,
    DateTime CreatedAt,
    DateTime LastUpdated) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "transaction",
        state => state.Transactions,
        new("transaction_id", ColumnKind.WholeNumber),
        new("transaction_type", ColumnKind.Text),
        new("sales_order_id", ColumnKind.WholeNumber),
        new("purchase_order_id", ColumnKind.WholeNumber),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp));

    /// <inheritdoc/>
    public int Key => TransactionId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        TransactionId,
        TransactionType,
        SalesOrderId,
        PurchaseOrderId,
        CreatedAt,
        LastUpdated,
    ];
}
