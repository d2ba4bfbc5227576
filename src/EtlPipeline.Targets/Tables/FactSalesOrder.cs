using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Targets.Values;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>fact_sales_order</c>: the sales orders.</summary>
internal sealed class FactSalesOrder : Fact<FactSalesOrder.SalesOrder>
{
    public FactSalesOrder()
        : base("fact_sales_order", source: "sales_order", recordId: "sales_record_id", comment: "The sales orders, every state that each has had.")
    {
        IntegerKey("sales_order_id", from: "sales_order_id").Comment("The order's number in the source.");
        Date("created_date", order => order.CreatedAt.Date).References("dim_date").Comment("The day on which it was made.");
        Time("created_time", order => order.CreatedAt.Time).Comment("The time at which it was made.");
        Date("last_updated_date", order => order.LastUpdated.Date).References("dim_date").Comment("The day of its last change, as the source says.");
        Time("last_updated_time", order => order.LastUpdated.Time).Comment("The time of its last change, as the source says.");
        Integer("sales_staff_id", order => order.StaffId).References("dim_staff").Comment("Who sold.");
        Integer("counterparty_id", order => order.CounterpartyId).References("dim_counterparty").Comment("The customer.");
        Integer("units_sold", order => order.UnitsSold).Comment("How many were sold.");
        Numeric("unit_price", 10, 2, order => order.UnitPrice).Comment("The price of one, in the order's currency.");
        Integer("currency_id", order => order.CurrencyId).References("dim_currency").Comment("The currency of the price.");
        Integer("design_id", order => order.DesignId).References("dim_design").Comment("What was sold.");
        Date("agreed_payment_date", order => order.AgreedPaymentDate).References("dim_date").Comment("The day on which payment is agreed.");
        Date("agreed_delivery_date", order => order.AgreedDeliveryDate).References("dim_date").Comment("The day on which delivery is agreed.");
        Integer("agreed_delivery_location_id", order => order.AgreedDeliveryLocationId).References("dim_location").Comment("Where delivery is agreed.");

        Computed("amount", "units_sold * unit_price", "Units times price, in the order's currency.");
    }

    protected override SalesOrder Read(SourceRow row) => new(
        CreatedAt: row.Timestamp("created_at"),
        LastUpdated: row.OptionalTimestamp("last_updated") ?? row.Timestamp("created_at"),
        DesignId: row.Integer("design_id"),
        StaffId: row.Integer("staff_id"),
        CounterpartyId: row.Integer("counterparty_id"),
        UnitsSold: row.Integer("units_sold"),
        UnitPrice: row.Numeric("unit_price"),
        CurrencyId: row.Integer("currency_id"),
        AgreedDeliveryDate: row.Date("agreed_delivery_date"),
        AgreedPaymentDate: row.Date("agreed_payment_date"),
        AgreedDeliveryLocationId: row.Integer("agreed_delivery_location_id"));

    internal sealed record SalesOrder(
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
