using System.Xml.Linq;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report.Pages;

/// <summary>Sales over time. Amounts of different currencies don't add up, so that each has a chart of its own.</summary>
internal static class SalesSection
{
    private const int LongestInMonths = 36;

    public static XElement Draw(ReportFigures figures) => Html.Section(
        "sales",
        "Sales over time",
        $"What was sold each month, units times price, up to {Amount.Day(figures.AsOf)}, over at most {LongestInMonths} months. Each currency has its own scale. The dashed end is the month that is still running.",
        figures.SalesMonths.Count == 0 ? Html.Nothing("There are no sales yet.") : Html.Grid(Charts(figures)));

    private static IEnumerable<XElement> Charts(ReportFigures figures) => figures.SalesMonths
        .GroupBy(month => month.Currency)
        .Select((months, colour) => Chart(months.Key, [.. months], colour, IsMonthOpen(figures.AsOf)));

    private static XElement Chart(string currency, List<SalesMonth> months, int colour, bool isLastOpen)
    {
        var data = new ChartData(
            $"Sales in {currency} by month",
            currency,
            [.. months.Select(month => Amount.Month(month.Month))],
            [new ChartSeries("sales", [.. months.Select(month => month.Amount)])]);
        var (sum, orders) = (months.Sum(month => month.Amount), months.Sum(month => month.Orders));
        return Html.Figure(
            currency, LineChart.Draw(data, colour, isLastOpen), note: $"{Amount.Money(sum, currency)} in {Amount.Exact(orders)} orders");
    }

    private static bool IsMonthOpen(DateOnly day) => day.Month == day.AddDays(1).Month;
}
