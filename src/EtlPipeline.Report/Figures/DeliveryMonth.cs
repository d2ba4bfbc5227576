namespace EtlPipeline.Report.Figures;

/// <summary>How many orders are agreed to be delivered in a month.</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="Sales">Sales orders.</param>
/// <param name="Purchases">Purchase orders.</param>
internal sealed record DeliveryMonth(DateOnly Month, long Sales, long Purchases)
{
    public static FigureQuery<DeliveryMonth> Query { get; } = new(
        "delivery_months.sql", row => new DeliveryMonth(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2)));
}
