using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Targets.Values;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>fact_purchase_order</c>: the purchase orders.</summary>
internal sealed class FactPurchaseOrder : Fact<FactPurchaseOrder.PurchaseOrder>
{
    public FactPurchaseOrder()
        : base("fact_purchase_order", source: "purchase_order", recordId: "purchase_record_id", comment: "The purchase orders, every state that each has had.")
    {
        IntegerKey("purchase_order_id", from: "purchase_order_id").Comment("The order's number in the source.");
        Date("created_date", order => order.CreatedAt.Date).References("dim_date").Comment("The day on which it was made.");
        Time("created_time", order => order.CreatedAt.Time).Comment("The time at which it was made.");
        Date("last_updated_date", order => order.LastUpdated.Date).References("dim_date").Comment("The day of its last change, as the source says.");
        Time("last_updated_time", order => order.LastUpdated.Time).Comment("The time of its last change, as the source says.");
        Integer("staff_id", order => order.StaffId).References("dim_staff").Comment("Who ordered.");
        Integer("counterparty_id", order => order.CounterpartyId).References("dim_counterparty").Comment("The supplier.");
        Varchar("item_code", order => order.ItemCode).Comment("What was ordered.");
        Integer("item_quantity", order => order.ItemQuantity).Comment("How many were ordered.");
        Numeric("item_unit_price", 10, 2, order => order.ItemUnitPrice).Comment("The price of one, in the order's currency.");
        Integer("currency_id", order => order.CurrencyId).References("dim_currency").Comment("The currency of the price.");
        Date("agreed_delivery_date", order => order.AgreedDeliveryDate).References("dim_date").Comment("The day on which delivery is agreed.");
        Date("agreed_payment_date", order => order.AgreedPaymentDate).References("dim_date").Comment("The day on which payment is agreed.");
        Integer("agreed_delivery_location_id", order => order.AgreedDeliveryLocationId).References("dim_location").Comment("Where delivery is agreed.");

        Computed("amount", "item_quantity * item_unit_price", "Quantity times price, in the order's currency.");
    }

    protected override PurchaseOrder Read(SourceRow row) => new(
        CreatedAt: row.Timestamp("created_at"),
        LastUpdated: row.OptionalTimestamp("last_updated") ?? row.Timestamp("created_at"),
        StaffId: row.Integer("staff_id"),
        CounterpartyId: row.Integer("counterparty_id"),
        ItemCode: row.Text("item_code"),
        ItemQuantity: row.Integer("item_quantity"),
        ItemUnitPrice: row.Numeric("item_unit_price"),
        CurrencyId: row.Integer("currency_id"),
        AgreedDeliveryDate: row.Date("agreed_delivery_date"),
        AgreedPaymentDate: row.Date("agreed_payment_date"),
        AgreedDeliveryLocationId: row.Integer("agreed_delivery_location_id"));

    internal sealed record PurchaseOrder(
        Timestamp CreatedAt,
        Timestamp LastUpdated,
        int StaffId,
        int CounterpartyId,
        string ItemCode,
        int ItemQuantity,
        decimal ItemUnitPrice,
        int CurrencyId,
        DateOnly AgreedDeliveryDate,
        DateOnly AgreedPaymentDate,
        int AgreedDeliveryLocationId);
}
