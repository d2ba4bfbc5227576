using System.Xml.Linq;
using EtlPipeline.Local.Report.Charts;
using EtlPipeline.Local.Report.Figures;

namespace EtlPipeline.Local.Report.Pages;

/// <summary>What sells, who sells it, and who buys it.</summary>
internal static class TopSection
{
    private const int MostColours = 6;

    public static XElement Draw(ReportFigures figures) => Html.Section(
        "top",
        "Designs, staff and counterparties",
        "The first ten of each by units sold, over all orders that exist. Units add up across currencies; amounts don't, and stand in the tables below.",
        figures.TopDesigns.Count == 0 ? Html.Nothing("There are no sales yet.") : Drawings(figures));

    private static object[] Drawings(ReportFigures figures) =>
    [
        Html.Grid(
            Chart("Top designs", figures.TopDesigns), Chart("Top staff", figures.TopStaff), Chart("Top counterparties", figures.TopCounterparties)),
        new XElement(
            "details",
            new XElement("summary", "Orders, units and amounts as tables"),
            Table("Designs", figures.TopDesigns),
            Table("Staff", figures.TopStaff),
            Table("Counterparties", figures.TopCounterparties)),
    ];

    private static XElement Chart(string heading, IReadOnlyList<TopSeller> sellers)
    {
        var members = sellers.GroupBy(seller => seller.Member).ToList();
        var series = sellers.Select(seller => seller.Currency).Distinct().Order(StringComparer.Ordinal).Take(MostColours)
            .Select(currency => new ChartSeries(currency, [.. members.Select(member => Units(member, currency))]))
            .ToList();
        var data = new ChartData($"{heading} by units sold", "units", [.. members.Select(member => member.First().Name)], series);
        return Html.Figure(heading, BarChart.Draw(data), [.. series.Select(one => one.Name)]);
    }

    private static decimal Units(IEnumerable<TopSeller> member, string currency) =>
        member.Where(seller => seller.Currency == currency).Sum(seller => seller.Units);

    private static XElement Table(string caption, IEnumerable<TopSeller> sellers)
    {
        var table = new HtmlTable(caption, "name", "#orders", "#units", "#amount");
        foreach (var seller in sellers)
            table.Add(seller.Name, Amount.Exact(seller.Orders), Amount.Exact(seller.Units), Amount.Money(seller.Amount, seller.Currency));
        return table.Draw();
    }
}
