using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>dim_transaction</c>: the transactions, each of a sales order or of a purchase order.</summary>
internal sealed class DimTransaction : Dimension<DimTransaction.Transaction>
{
    public DimTransaction() : base("dim_transaction", source: "transaction")
    {
        Integer("transaction_id", transaction => transaction.TransactionId);
        Text("transaction_type", transaction => transaction.TransactionType);
        OptionalInteger("sales_order_id", transaction => transaction.SalesOrderId);
        OptionalInteger("purchase_order_id", transaction => transaction.PurchaseOrderId);
    }

    protected override Transaction Read(SourceRow row) => new(
        TransactionId: row.Integer("transaction_id"),
        TransactionType: row.Text("transaction_type"),
        SalesOrderId: row.OptionalInteger("sales_order_id"),
        PurchaseOrderId: row.OptionalInteger("purchase_order_id"));

    internal sealed record Transaction(int TransactionId, string TransactionType, int? SalesOrderId, int? PurchaseOrderId);
}
