namespace EtlPipeline.Report.Figures;

/// <summary>How many orders have an agreed delivery day that moved by a span of time.</summary>
/// <param name="Span">The span, in words.</param>
/// <param name="Sales">Sales orders.</param>
/// <param name="Purchases">Purchase orders.</param>
/// <param name="IsUnmoved">Whether these are the orders whose day is the one first agreed.</param>
internal sealed record DeliveryMove(string Span, long Sales, long Purchases, bool IsUnmoved)
{
    public static FigureQuery<DeliveryMove> Query { get; } = new(
        "delivery_moves.sql", row => new DeliveryMove(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3)));
}
