using System.Xml.Linq;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report.Pages;

/// <summary>What sells, who sells it, and who buys it.</summary>
internal static class TopSection
{
    private const string Others = "other currencies";

    public static XElement Draw(ReportFigures figures) => Html.Section(
        "top",
        "Designs, staff and counterparties",
        "The first ten of each by units sold, over all orders that exist. Units add up across currencies; amounts don't, and stand in the tables below.",
        figures.TopDesigns.Count == 0 ? Html.Nothing("There are no sales yet.") : Drawings(figures));

    private static object[] Drawings(ReportFigures figures) =>
    [
        Html.Grid(
            Chart("Top designs", figures.TopDesigns, Currencies(figures)),
            Chart("Top staff", figures.TopStaff, Currencies(figures)),
            Chart("Top counterparties", figures.TopCounterparties, Currencies(figures))),
        new XElement(
            "details",
            new XElement("summary", "Orders, units and amounts as tables"),
            Table("Designs", figures.TopDesigns),
            Table("Staff", figures.TopStaff),
            Table("Counterparties", figures.TopCounterparties)),
    ];

    // In the order of the section above, so that a currency has one colour on the page.
    private static List<string> Currencies(ReportFigures figures) => [.. figures.SalesMonths.Select(month => month.Currency).Distinct()];

    private static XElement Chart(string heading, IReadOnlyList<TopSeller> sellers, List<string> currencies)
    {
        var members = sellers.GroupBy(seller => seller.Member).ToList();
        var names = sellers.All(seller => currencies.Contains(seller.Currency)) ? currencies : [.. currencies, Others];
        var series = names.Select(name => new ChartSeries(name, [.. members.Select(member => Units(member, name, currencies))])).ToList();
        var data = new ChartData($"{heading} by units sold", "units", [.. members.Select(member => member.First().Name)], series);
        return Html.Figure(heading, BarChart.Draw(data), names);
    }

    private static decimal Units(IEnumerable<TopSeller> member, string name, List<string> currencies) => member
        .Where(seller => name == Others ? !currencies.Contains(seller.Currency) : seller.Currency == name)
        .Sum(seller => seller.Units);

    private static XElement Table(string caption, IEnumerable<TopSeller> sellers)
    {
        var table = new HtmlTable(caption, "name", "#orders", "#units", "#amount");
        foreach (var seller in sellers)
            table.Add(seller.Name, Amount.Exact(seller.Orders), Amount.Exact(seller.Units), Amount.Money(seller.Amount, seller.Currency));
        return table.Draw();
    }
}
