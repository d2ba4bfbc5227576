namespace EtlPipeline.Report.Figures;

/// <summary>What was sold in a month in a currency.</summary>
/// <param name="Currency">The currency's code.</param>
/// <param name="Month">The first day of the month in which the orders were placed.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Amount">Units times price, in the currency.</param>
internal sealed record SalesMonth(string Currency, DateOnly Month, long Orders, decimal Amount)
{
    public static FigureQuery<SalesMonth> Query { get; } = new(
        "sales_months.sql",
        row => new SalesMonth(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2), row.GetDecimal(3)));
}
