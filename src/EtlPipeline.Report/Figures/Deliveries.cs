namespace EtlPipeline.Report.Figures;

/// <summary>How many deliveries are agreed for a month.</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="Sales">Sales orders.</param>
/// <param name="Purchases">Purchase orders.</param>
internal sealed record DeliveryMonth(DateOnly Month, long Sales, long Purchases)
{
    public static FigureQuery<DeliveryMonth> Query { get; } = new(
        "delivery_months.sql", row => new DeliveryMonth(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2)));
}

/// <summary>How many orders have an agreed delivery that is a span of time after the order.</summary>
/// <param name="Span">The span, in words.</param>
/// <param name="Sales">Sales orders.</param>
/// <param name="Purchases">Purchase orders.</param>
internal sealed record DeliveryLead(string Span, long Sales, long Purchases)
{
    public static FigureQuery<DeliveryLead> Query { get; } = new(
        "delivery_leads.sql", row => new DeliveryLead(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
}

/// <summary>How many orders had their agreed delivery day moved by a span of time.</summary>
/// <param name="Span">The span, in words.</param>
/// <param name="Sales">Sales orders.</param>
/// <param name="Purchases">Purchase orders.</param>
/// <param name="IsUnmoved">Whether these are the orders whose day is the one first agreed.</param>
internal sealed record DeliveryMove(string Span, long Sales, long Purchases, bool IsUnmoved)
{
    public static FigureQuery<DeliveryMove> Query { get; } = new(
        "delivery_moves.sql", row => new DeliveryMove(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3)));
}
