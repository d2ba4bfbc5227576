using System.Xml.Linq;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report.Pages;

/// <summary>A period that the page's switch offers.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Name">Its name.</param>
/// <param name="Months">How many months it has, including the current one.</param>
internal sealed record Period(string Value, string Name, int Months)
{
    public static IReadOnlyList<Period> All { get; } = [new("year", "12 months", 12), new("all", "3 years", 36)];

    /// <summary>Whether the page shows it first.</summary>
    public bool IsDefault => Value == "all";
}

/// <summary>Sales over time. Amounts in different currencies don't add up, so each currency has its own chart.</summary>
internal static class SalesSection
{
    public static XElement Draw(BusinessFigures figures) => Html.Section(
        "sales",
        "Sales over time",
        $"What was sold each month, units times price, up to {Amount.Day(figures.AsOf)}. Each currency has its own scale. A ring is the current month, which isn't over.",
        figures.SalesMonths.Count == 0 ? Html.Nothing("There are no sales yet.") : Html.Grid(Charts(figures)));

    private static IEnumerable<XElement> Charts(BusinessFigures figures) =>
        from currency in figures.SalesMonths.GroupBy(month => month.Currency).Select((months, colour) => (months.Key, Months: months.ToList(), Colour: colour))
        from period in Period.All
        select Chart(currency.Key, currency.Months.TakeLast(period.Months).ToList(), currency.Colour, IsMonthOpen(figures.AsOf))
            .Switched("currency", currency.Key).Switched("period", period.Value, period.IsDefault);

    private static XElement Chart(string currency, List<SalesMonth> months, int colour, bool isLastOpen)
    {
        var (sum, orders) = (months.Sum(month => month.Amount), months.Sum(month => month.Orders));
        if (orders == 0) return Html.Figure(currency, Html.Nothing($"No sales in {currency} in these {months.Count} months."));
        var data = new ChartData(
            $"Sales in {currency} by month",
            currency,
            [.. months.Select(month => Amount.Month(month.Month))],
            [new ChartSeries("sales", [.. months.Select(month => month.Amount)])]);
        var running = (isLastOpen, months.Count) switch
        {
            (false, _) => string.Empty,
            (true, 1) => " so far",
            _ => $"; {Amount.Month(months[^1].Month)} so far: {Amount.Money(months[^1].Amount, currency)}",
        };
        return Html.Figure(
            currency, LineChart.Draw(data, colour, isLastOpen), note: $"{Amount.Money(sum, currency)} in {Amount.Exact(orders)} {(orders == 1 ? "order" : "orders")}{running}");
    }

    private static bool IsMonthOpen(DateOnly day) => day.Month == day.AddDays(1).Month;
}

/// <summary>What sells, who sells it, and who buys it.</summary>
internal static class TopSection
{
    private const string Others = "other currencies";
    private const string AllCurrencies = "all";

    public static XElement Draw(BusinessFigures figures) => Html.Section(
        "top",
        "Designs, staff and counterparties",
        "The top ten of each, over all orders that exist: by units if all currencies are shown, by amount if one is chosen. Where names repeat, the dimension's key is beside them.",
        figures.SalesMonths.Count == 0 ? Html.Nothing("There are no sales yet.") : Drawings(figures));

    private static IEnumerable<object> Drawings(BusinessFigures figures)
    {
        // In the order of the section above, so that a currency has the same colour throughout.
        List<string> currencies = [.. figures.SalesMonths.Select(month => month.Currency).Distinct()];
        foreach (var period in Period.All)
        {
            var top = period.IsDefault ? figures.TopOfThreeYears : figures.TopOfYear;
            (string Heading, IReadOnlyList<TopSeller> Sellers)[] charts = [("Top designs", top.Designs), ("Top staff", top.Staff), ("Top counterparties", top.Counterparties)];
            yield return Html.Grid(charts.SelectMany(chart => currencies
                .Select(currency => ByAmount(chart.Heading, chart.Sellers, currency, currencies.IndexOf(currency)).Switched("currency", currency, isShown: false))
                .Prepend(ByUnits(chart.Heading, chart.Sellers, currencies).Switched("currency", AllCurrencies)))).Switched("period", period.Value, period.IsDefault);
            yield return new XElement(
                "details",
                new XElement("summary", "Orders, units and amounts as tables"),
                charts.Select(chart => Table(chart.Heading, chart.Sellers))).Switched("period", period.Value, period.IsDefault);
        }
    }

    private static XElement ByUnits(string heading, IReadOnlyList<TopSeller> sellers, List<string> currencies)
    {
        var top = sellers.Where(seller => seller.IsTop).ToList();
        if (top.Count == 0) return Html.Figure(heading, Html.Nothing("No sales in this period."));
        var members = top.GroupBy(seller => seller.Member).ToList();
        List<string> names = top.TrueForAll(seller => currencies.Contains(seller.Currency)) ? currencies : [.. currencies, Others];
        var series = names.Select(name => new ChartSeries(name, [.. members.Select(member => Units(member, name, currencies))])).ToList();
        var data = new ChartData($"{heading} by units sold", "units", [.. members.Select(member => member.First().Name)], series);
        return Html.Figure(heading, BarChart.Draw(data), names);
    }

    private static XElement ByAmount(string heading, IReadOnlyList<TopSeller> sellers, string currency, int colour)
    {
        var top = sellers.Where(seller => seller.IsTopOfCurrency && seller.Currency == currency).OrderByDescending(seller => seller.Amount).ThenBy(seller => seller.Member).ToList();
        if (top.Count == 0) return Html.Figure(heading, Html.Nothing($"No sales in {currency} in this period."));

        // The series before it are empty, so that this one gets the currency's colour.
        var series = Enumerable.Range(0, colour + 1).Select(number => new ChartSeries("sales", [.. top.Select(seller => number == colour ? seller.Amount : 0)]));
        var data = new ChartData($"{heading} by amount in {currency}", currency, [.. top.Select(seller => seller.Name)], [.. series]);
        return Html.Figure(heading, BarChart.Draw(data));
    }

    private static decimal Units(IEnumerable<TopSeller> member, string name, List<string> currencies) => member
        .Where(seller => name == Others ? !currencies.Contains(seller.Currency) : seller.Currency == name)
        .Sum(seller => seller.Units);

    private static XElement Table(string caption, IEnumerable<TopSeller> sellers)
    {
        var table = new HtmlTable(caption, "name", "#number", "#orders", "#units", "#amount");
        foreach (var seller in sellers)
        {
            table.Add(seller.Name, Cell.Count(seller.Member), Cell.Count(seller.Orders), Cell.Count(seller.Units), Cell.Money(seller.Amount, seller.Currency))
                .Switched("currency", seller.Currency);
        }

        return table.Draw();
    }
}
