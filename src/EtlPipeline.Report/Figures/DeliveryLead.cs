namespace EtlPipeline.Report.Figures;

/// <summary>How many orders are agreed to be delivered a span of time after they were placed.</summary>
/// <param name="Span">The span, in words.</param>
/// <param name="Sales">Sales orders.</param>
/// <param name="Purchases">Purchase orders.</param>
internal sealed record DeliveryLead(string Span, long Sales, long Purchases)
{
    public static FigureQuery<DeliveryLead> Query { get; } = new(
        "delivery_leads.sql", row => new DeliveryLead(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
}
