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

/// <summary>Payments of one counterparty that should have been made and were not.</summary>
/// <param name="Counterparty">Who pays or is paid; with the key if others have the same name.</param>
/// <param name="Kind">The payment type's name.</param>
/// <param name="Currency">The currency's code.</param>
/// <param name="Payments">How many.</param>
/// <param name="Amount">Their sum, in the currency.</param>
/// <param name="Oldest">The day on which the first of them was due.</param>
internal sealed record OverduePayments(string Counterparty, string Kind, string Currency, long Payments, decimal Amount, DateOnly Oldest)
{
    public static FigureQuery<OverduePayments> Query { get; } = new(
        "overdue_payments.sql",
        row => new OverduePayments(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetDecimal(4), row.GetFieldValue<DateOnly>(5)));
}
