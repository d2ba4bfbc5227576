using EtlPipeline.Transform.Mapping;
using EtlPipeline.Transform.Values;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>fact_purchase_order</c>: the purchase orders.</summary>
internal sealed class FactPurchaseOrder : Fact<FactPurchaseOrder.PurchaseOrder>
{
    public FactPurchaseOrder() : base("fact_purchase_order", source: "purchase_order")
    {
        Integer("purchase_order_id", order => order.PurchaseOrderId);
        Date("created_date", order => order.CreatedAt.Date);
        Time("created_time", order => order.CreatedAt.Time);
        Date("last_updated_date", order => order.LastUpdated.Date);
        Time("last_updated_time", order => order.LastUpdated.Time);
        Integer("staff_id", order => order.StaffId);
        Integer("counterparty_id", order => order.CounterpartyId);
        Text("item_code", order => order.ItemCode);
        Integer("item_quantity", order => order.ItemQuantity);
        Decimal("item_unit_price", order => order.ItemUnitPrice);
        Integer("currency_id", order => order.CurrencyId);
        Date("agreed_delivery_date", order => order.AgreedDeliveryDate);
        Date("agreed_payment_date", order => order.AgreedPaymentDate);
        Integer("agreed_delivery_location_id", order => order.AgreedDeliveryLocationId);
    }

    protected override PurchaseOrder Read(SourceRow row) => new(
        PurchaseOrderId: row.Integer("purchase_order_id"),
        CreatedAt: row.Timestamp("created_at"),
        LastUpdated: row.OptionalTimestamp("last_updated") ?? row.Timestamp("created_at"),
        StaffId: row.Integer("staff_id"),
        CounterpartyId: row.Integer("counterparty_id"),
        ItemCode: row.Text("item_code"),
        ItemQuantity: row.Integer("item_quantity"),
        ItemUnitPrice: row.Decimal("item_unit_price"),
        CurrencyId: row.Integer("currency_id"),
        AgreedDeliveryDate: row.Date("agreed_delivery_date"),
        AgreedPaymentDate: row.Date("agreed_payment_date"),
        AgreedDeliveryLocationId: row.Integer("agreed_delivery_location_id"));

    internal sealed record PurchaseOrder(
        int PurchaseOrderId,
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
