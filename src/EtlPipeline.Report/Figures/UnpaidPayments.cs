namespace EtlPipeline.Report.Figures;

/// <summary>How many payments of a kind are not made, and are due or overdue by a span of time.</summary>
/// <param name="Span">The span, in words.</param>
/// <param name="Kind">The payment type's name.</param>
/// <param name="Payments">How many.</param>
internal sealed record UnpaidPayments(string Span, string Kind, long Payments)
{
    public static FigureQuery<UnpaidPayments> Query { get; } = new(
        "unpaid_payments.sql", row => new UnpaidPayments(row.GetString(0), row.GetString(1), row.GetInt64(2)));
}
