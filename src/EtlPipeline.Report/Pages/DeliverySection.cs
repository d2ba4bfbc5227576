using System.Xml.Linq;
using EtlPipeline.Report.Charts;

namespace EtlPipeline.Report.Pages;

/// <summary>What is agreed about deliveries, and how often that changed.</summary>
internal static class DeliverySection
{
    private static readonly string[] Kinds = ["sales orders", "purchase orders"];

    public static XElement Draw(BusinessFigures figures) => Html.Section(
        "delivery",
        "Delivery against agreed days",
        "The source keeps the day for which a delivery is agreed, not the day on which it arrived. So these charts show how much is due when, how much time orders are given and, from the history, how far agreed days were moved later.",
        figures.DeliveryLeads.Count == 0 ? Html.Nothing("There are no orders yet.") : Html.Grid(Months(figures), Leads(figures), Moves(figures)));

    private static XElement Months(BusinessFigures figures)
    {
        const string Heading = "Deliveries by agreed month";
        var months = figures.DeliveryMonths;
        if (months.All(month => month.Sales + month.Purchases == 0))
            return Html.Figure(Heading, Html.Nothing($"No delivery is agreed from {Amount.Month(months[0].Month)} to {Amount.Month(months[^1].Month)}."));
        var data = Data(
            "Deliveries agreed for each month",
            months.Select(month => Amount.Month(month.Month)),
            months.Select(month => month.Sales),
            months.Select(month => month.Purchases));
        return Html.Figure(Heading, ColumnChart.Draw(data), Kinds, $"Now it is {Amount.Month(figures.AsOf)}.");
    }

    private static XElement Leads(BusinessFigures figures)
    {
        var leads = figures.DeliveryLeads;
        var data = Data(
            "Days from an order to its agreed delivery",
            leads.Select(lead => lead.Span),
            leads.Select(lead => lead.Sales),
            leads.Select(lead => lead.Purchases));
        return Html.Figure("From order to agreed delivery", BarChart.Draw(data), Kinds);
    }

    private static XElement Moves(BusinessFigures figures)
    {
        const string Heading = "Agreed days that were moved";
        var moves = figures.DeliveryMoves.Where(move => !move.IsUnmoved).ToList();
        var unmoved = figures.DeliveryMoves.Where(move => move.IsUnmoved).Sum(move => move.Sales + move.Purchases);
        var note = $"{Amount.Exact(unmoved)} orders still have the day that the warehouse saw first.";
        if (moves.Count == 0) return Html.Figure(Heading, Html.Nothing("No agreed day has been moved yet."), note: note);
        var data = Data(
            "How far agreed delivery days were moved",
            moves.Select(move => move.Span),
            moves.Select(move => move.Sales),
            moves.Select(move => move.Purchases));
        return Html.Figure(Heading, BarChart.Draw(data), Kinds, note);
    }

    private static ChartData Data(string title, IEnumerable<string> categories, IEnumerable<long> sales, IEnumerable<long> purchases) => new(
        title, "orders", [.. categories], [Series(Kinds[0], sales), Series(Kinds[1], purchases)]);

    private static ChartSeries Series(string name, IEnumerable<long> counts) => new(name, [.. counts.Select(count => (decimal)count)]);
}
