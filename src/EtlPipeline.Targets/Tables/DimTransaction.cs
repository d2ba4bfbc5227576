using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>dim_transaction</c>: the transactions, each of a sales order or of a purchase order.</summary>
internal sealed class DimTransaction : Dimension<DimTransaction.Transaction>
{
    public DimTransaction() : base("dim_transaction", source: "transaction", comment: "The transactions, each of a sales order or of a purchase order.")
    {
        IntegerKey("transaction_id", from: "transaction_id").Comment("The transaction's number in the source.");
        Varchar("transaction_type", transaction => transaction.Type).Comment("SALE or PURCHASE.");
        Integer("sales_order_id", transaction => transaction.SalesOrderId).Optional().Comment("The sales order; null for a purchase.");
        Integer("purchase_order_id", transaction => transaction.PurchaseOrderId).Optional().Comment("The purchase order; null for a sale.");
    }

    protected override Transaction Read(SourceRow row) => new(
        Type: row.Text("transaction_type"),
        SalesOrderId: row.OptionalInteger("sales_order_id"),
        PurchaseOrderId: row.OptionalInteger("purchase_order_id"));

    internal sealed record Transaction(string Type, int? SalesOrderId, int? PurchaseOrderId);
}
