using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using EtlPipeline.Report.Charts;

namespace EtlPipeline.Report.Pages;

/// <summary>The page as a whole.</summary>
internal static class ReportPage
{
    private const string Title = "Warehouse report";

    // A control character in a name is written as a reference rather than refused.
    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, CheckCharacters = false, Indent = true };

    /// <summary>Writes the page.</summary>
    /// <param name="figures">What to show; null where Load has not made the warehouse's tables yet.</param>
    /// <param name="warehouse">The warehouse's name.</param>
    /// <param name="now">When the report is made.</param>
    public static string Write(ReportFigures? figures, string warehouse, DateTimeOffset now)
    {
        var page = new XElement("html", new XAttribute("lang", "en"), Head(), Body(figures, warehouse, now));
        var text = new StringBuilder("<!doctype html>\n");
        using (var writer = XmlWriter.Create(text, Settings)) page.Save(writer);
        return text.Append('\n').ToString();
    }

    private static XElement Head() => new(
        "head",
        new XElement("meta", new XAttribute("charset", "utf-8")),
        new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
        new XElement("title", Title),
        new XElement("style", Stylesheet.Read()));

    private static XElement Body(ReportFigures? figures, string warehouse, DateTimeOffset now)
    {
        List<XElement> sections = figures is null ? [] : [.. Sections(figures, now)];
        var footer = string.Create(CultureInfo.InvariantCulture, $"Made {now.UtcDateTime:d MMM yyyy, HH:mm} UTC by EtlPipeline. All times are UTC.");
        return new XElement(
            "body",
            new XElement(
                "header",
                new XElement("h1", Title),
                Subtitle(figures, warehouse),
                figures is null ? null : Tiles(figures, now),
                Navigation(sections)),
            new XElement("main", figures is null ? Html.Nothing("The warehouse has no tables yet. Load makes them on its first run.") : sections),
            new XElement("footer", footer));
    }

    private static IEnumerable<XElement> Sections(ReportFigures figures, DateTimeOffset now)
    {
        yield return SalesSection.Draw(figures);
        yield return TopSection.Draw(figures);
        yield return DeliverySection.Draw(figures);
        yield return PaymentSection.Draw(figures);
        yield return HistorySection.Draw(figures);
        yield return HealthSection.Draw(figures, now);
    }

    private static XElement Subtitle(ReportFigures? figures, string warehouse) => new(
        "p",
        figures?.State.AsOf is { } day ? $"{warehouse}; the newest event in it is of {Amount.Day(day)}" : warehouse);

    private static XElement Tiles(ReportFigures figures, DateTimeOffset now) => Html.Tiles(
        Html.Tile(Amount.Exact(figures.State.SalesOrders), "sales orders"),
        Html.Tile(Amount.Exact(figures.State.PurchaseOrders), "purchase orders"),
        Html.Tile(Amount.Exact(figures.State.Payments), "payments"),
        Html.Tile(Amount.Exact(figures.ChangedColumns.Sum(column => column.Told + column.Silent)), "changes of sales orders kept"),
        Html.Tile(figures.Targets.Count == 0 ? "never" : Age.Describe(now - figures.Targets.Max(target => target.LoadedAt)), "since the last load"));

    private static XElement? Navigation(List<XElement> sections) => sections.Count == 0 ? null : new XElement(
        "nav",
        new XAttribute("aria-label", "Sections"),
        new XElement("ul", sections.Select(section => new XElement("li", Link(section)))));

    private static XElement Link(XElement section) =>
        new("a", new XAttribute("href", $"#{section.Attribute("id")!.Value}"), section.Element("h2")!.Value);
}
