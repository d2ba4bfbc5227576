namespace EtlPipeline.Report.Figures;

/// <summary>How many payments of a kind are open, by how far they are due or overdue.</summary>
/// <param name="Span">The span, in words.</param>
/// <param name="Kind">The payment type's name.</param>
/// <param name="Payments">How many.</param>
internal sealed record UnpaidPayments(string Span, string Kind, long Payments)
{
    public static FigureQuery<UnpaidPayments> Query { get; } = new(
        "unpaid_payments.sql", row => new UnpaidPayments(row.GetString(0), row.GetString(1), row.GetInt64(2)));
}

/// <summary>The overdue payments of one counterparty.</summary>
/// <param name="Counterparty">The counterparty; with its key if others have the same name.</param>
/// <param name="Kind">The payment type's name.</param>
/// <param name="Currency">The currency's code.</param>
/// <param name="Payments">How many.</param>
/// <param name="Amount">Their sum, in the currency.</param>
/// <param name="Oldest">The day on which the oldest of them was due.</param>
internal sealed record OverduePayments(string Counterparty, string Kind, string Currency, long Payments, decimal Amount, DateOnly Oldest)
{
    public static FigureQuery<OverduePayments> Query { get; } = new(
        "overdue_payments.sql",
        row => new OverduePayments(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetDecimal(4), row.GetFieldValue<DateOnly>(5)));
}
