using System.Globalization;
using System.Xml.Linq;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report.Pages;

/// <summary>How sales orders changed after they were placed, which only a warehouse that keeps the history can tell.</summary>
internal static class HistorySection
{
    private static readonly string[] Kinds = ["moved last_updated", "silent"];

    public static XElement Draw(BusinessFigures figures) => Html.Section(
        "history",
        "How orders changed after they were placed",
        "The source holds an order as it is now; the warehouse keeps every state that it has had. A silent change left the source's last_updated as it was: a pipeline that trusts that column never sees it.",
        figures.ChangedColumns.Count == 0
            ? Html.Nothing("No order has changed since the warehouse saw it first.")
            : Html.Beside(Chart(figures.ChangedColumns), Table(figures.LatestChanges)));

    private static XElement Chart(IReadOnlyList<ChangedColumn> columns)
    {
        var data = new ChartData(
            "Changes of sales orders by what changed",
            "changes",
            [.. columns.Select(column => column.What)],
            [
                new ChartSeries(Kinds[0], [.. columns.Select(column => (decimal)column.Told)]),
                new ChartSeries(Kinds[1], [.. columns.Select(column => (decimal)column.Silent)]),
            ]);
        var (told, silent) = (columns.Sum(column => column.Told), columns.Sum(column => column.Silent));
        return Html.Figure(
            "What changed", BarChart.Draw(data), Kinds, $"{Amount.Exact(told + silent)} changes, {Amount.Exact(silent)} of them silent");
    }

    private static XElement Table(IEnumerable<OrderChange> changes)
    {
        var table = new HtmlTable("The latest changes", "#order", "what changed", "was", "became", "seen", "trace");
        foreach (var change in changes)
        {
            table.Add(
                new Cell(change.Order.ToString(CultureInfo.InvariantCulture), change.Order),
                change.What,
                change.Was,
                change.Became,
                change.SeenAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                change.IsSilent ? "silent" : "last_updated");
        }

        return table.Draw();
    }
}
