using System.Xml.Linq;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report.Pages;

/// <summary>Open payments.</summary>
internal static class PaymentSection
{
    private const int MostRows = 15;

    public static XElement Draw(BusinessFigures figures) => Html.Section(
        "payments",
        "Payments overdue",
        $"Open payments by how far their day is from {Amount.Day(figures.AsOf)}. A payment with an earlier day is overdue.",
        figures.UnpaidPayments.Count == 0 ? Html.Nothing("No payment is open.") : Drawings(figures));

    private static object?[] Drawings(BusinessFigures figures) => [Html.Beside(Chart(figures.UnpaidPayments), Totals(figures)), Table(figures)];

    private static XElement Chart(IReadOnlyList<UnpaidPayments> unpaid)
    {
        var spans = unpaid.Select(payments => payments.Span).Distinct().ToList();
        var series = unpaid.GroupBy(payments => Kind(payments.Kind))
            .Select(kind => new ChartSeries(kind.Key, [.. kind.Select(payments => (decimal)payments.Payments)]))
            .ToList();
        var data = new ChartData("Open payments by day", "payments", spans, series);
        return Html.Figure("Open payments", BarChart.Draw(data), [.. series.Select(one => one.Name)]);
    }

    private static XElement Totals(BusinessFigures figures)
    {
        var table = new HtmlTable("Overdue in all", "kind", "#payments", "#amount");
        foreach (var sum in figures.OverduePayments.GroupBy(overdue => (overdue.Kind, overdue.Currency)).OrderBy(sum => sum.Key))
        {
            table.Add(
                Kind(sum.Key.Kind),
                Cell.Count(sum.Sum(overdue => overdue.Payments)),
                Cell.Money(sum.Sum(overdue => overdue.Amount), sum.Key.Currency)).Switched("currency", sum.Key.Currency);
        }

        return figures.OverduePayments.Count == 0 ? Html.Nothing("No payment is overdue.") : table.Draw();
    }

    private static XElement? Table(BusinessFigures figures)
    {
        if (figures.OverduePayments.Count == 0) return null;
        var hidden = figures.OverduePayments.Count - MostRows;
        var table = new HtmlTable(
            hidden > 0 ? $"Longest overdue, by counterparty; {Amount.Exact(hidden)} more are not listed" : "Longest overdue, by counterparty",
            "counterparty",
            "kind",
            "#payments",
            "#amount",
            "first due",
            "#days overdue");
        foreach (var overdue in figures.OverduePayments.Take(MostRows))
        {
            table.Add(
                overdue.Counterparty,
                Kind(overdue.Kind),
                Cell.Count(overdue.Payments),
                Cell.Money(overdue.Amount, overdue.Currency),
                Cell.Day(overdue.Oldest),
                Cell.Count(figures.AsOf.DayNumber - overdue.Oldest.DayNumber)).Switched("currency", overdue.Currency);
        }

        return table.Draw();
    }

    // SALES_RECEIPT isn't a name for people.
    private static string Kind(string name) => name.Replace('_', ' ').ToLowerInvariant();
}
