using EtlPipeline.Transform.Mapping;
using EtlPipeline.Transform.Values;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>fact_sales_order</c>: the sales orders.</summary>
internal sealed class FactSalesOrder : Fact<FactSalesOrder.SalesOrder>
{
    public FactSalesOrder() : base("fact_sales_order", source: "sales_order")
    {
        Integer("sales_order_id", order => order.SalesOrderId);
        Date("created_date", order => order.CreatedAt.Date);
        Time("created_time", order => order.CreatedAt.Time);
        Date("last_updated_date", order => order.LastUpdated.Date);
        Time("last_updated_time", order => order.LastUpdated.Time);
        Integer("sales_staff_id", order => order.StaffId);
        Integer("counterparty_id", order => order.CounterpartyId);
        Integer("units_sold", order => order.UnitsSold);
        Decimal("unit_price", order => order.UnitPrice);
        Integer("currency_id", order => order.CurrencyId);
        Integer("design_id", order => order.DesignId);
        Date("agreed_payment_date", order => order.AgreedPaymentDate);
        Date("agreed_delivery_date", order => order.AgreedDeliveryDate);
        Integer("agreed_delivery_location_id", order => order.AgreedDeliveryLocationId);
    }

    protected override SalesOrder Read(SourceRow row) => new(
        SalesOrderId: row.Integer("sales_order_id"),
        CreatedAt: row.Timestamp("created_at"),
        LastUpdated: row.OptionalTimestamp("last_updated") ?? row.Timestamp("created_at"),
        DesignId: row.Integer("design_id"),
        StaffId: row.Integer("staff_id"),
        CounterpartyId: row.Integer("counterparty_id"),
        UnitsSold: row.Integer("units_sold"),
        UnitPrice: row.Decimal("unit_price"),
        CurrencyId: row.Integer("currency_id"),
        AgreedDeliveryDate: row.Date("agreed_delivery_date"),
        AgreedPaymentDate: row.Date("agreed_payment_date"),
        AgreedDeliveryLocationId: row.Integer("agreed_delivery_location_id"));

    internal sealed record SalesOrder(
        int SalesOrderId,
        Timestamp CreatedAt,
        Timestamp LastUpdated,
        int DesignId,
        int StaffId,
        int CounterpartyId,
        int UnitsSold,
        decimal UnitPrice,
        int CurrencyId,
        DateOnly AgreedDeliveryDate,
        DateOnly AgreedPaymentDate,
        int AgreedDeliveryLocationId);
}
