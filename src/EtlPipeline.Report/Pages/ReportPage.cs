using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using EtlPipeline.Report.Charts;

namespace EtlPipeline.Report.Pages;

/// <summary>The page as a whole.</summary>
internal static class ReportPage
{
    private const string Title = "Warehouse report";

    // A control character in a name becomes a reference instead of an error. Line ends stay as they are, or the script's hash would be wrong.
    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, CheckCharacters = false, Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None };

    /// <summary>Writes the page.</summary>
    /// <param name="figures">What to show.</param>
    /// <param name="now">When the report is made.</param>
    public static string Write(ReportFigures figures, DateTimeOffset now)
    {
        var script = Html.Read("report.js").ReplaceLineEndings("\n");
        var page = new XElement("html", new XAttribute("lang", "en"), Head(script), Body(figures, now, script));
        var text = new StringBuilder("<!doctype html>\n");
        using (var writer = XmlWriter.Create(text, Settings)) page.Save(writer);
        return text.Append('\n').ToString();
    }

    /// <summary>The page may load nothing, and run nothing but its own script.</summary>
    private static XElement Head(string script) => new(
        "head",
        new XElement("meta", new XAttribute("charset", "utf-8")),
        new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
        new XElement(
            "meta",
            new XAttribute("http-equiv", "Content-Security-Policy"),
            new XAttribute("content", $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'")),
        new XElement("title", Title),
        new XElement("style", Html.Read("report.css")));

    private static XElement Body(ReportFigures figures, DateTimeOffset now, string script)
    {
        List<XElement> sections = [.. Sections(figures)];
        var footer = string.Create(CultureInfo.InvariantCulture, $"Made {now.UtcDateTime:d MMM yyyy, HH:mm} UTC by EtlPipeline. All times are UTC.");
        return new XElement(
            "body",
            new XElement("header", new XElement("h1", Title), Subtitle(figures)),
            new XElement(
                "main",
                figures.Health is { } health
                    ? [AttentionSection.Draw(health, now), Tiles(figures, health, now), Navigation(sections), Switches(figures.Business), .. sections]
                    : new object?[] { Html.Nothing("The warehouse has no tables yet. Load makes them on its first run.") }),
            new XElement("footer", new XElement("p", footer)),
            new XElement("script", script));
    }

    private static IEnumerable<XElement> Sections(ReportFigures figures)
    {
        if (figures.Health is not { } health) yield break;
        if (figures.Business is { } business)
        {
            yield return SalesSection.Draw(business);
            yield return TopSection.Draw(business);
            yield return DeliverySection.Draw(business);
            yield return PaymentSection.Draw(business);
            yield return HistorySection.Draw(business);
        }

        yield return StarMap.Draw(health.Targets);
        yield return HealthSection.Draw(health);
    }

    private static XElement Subtitle(ReportFigures figures) => new(
        "p",
        figures.Business is { HasEvents: true } business ? $"{figures.Warehouse}; its newest event is from {Amount.Day(business.AsOf)}" : figures.Warehouse);

    private static XElement Tiles(ReportFigures figures, HealthFigures health, DateTimeOffset now)
    {
        List<XElement> tiles = [Freshness(health.LoadedAt, now)];
        if (figures.Business is { } business)
        {
            tiles.Add(Html.Tile(Amount.Exact(business.SalesOrders), "sales orders"));
            tiles.Add(Html.Tile(Amount.Exact(business.PurchaseOrders), "purchase orders"));
            tiles.Add(Html.Tile(Amount.Exact(business.Payments), "payments"));
            tiles.Add(Html.Tile(Amount.Exact(business.ChangedColumns.Sum(column => column.Told + column.Silent)), "changes of sales orders kept"));
        }
        else
        {
            tiles.Add(Html.Tile(Amount.Exact(health.Targets.Count), "tables"));
        }

        return Html.Tiles(tiles);
    }

    /// <summary>How old the newest load is. The page's script counts on from the moment itself.</summary>
    private static XElement Freshness(DateTimeOffset? loadedAt, DateTimeOffset now) => loadedAt is { } instant
        ? Html.Tile(
            new XElement("time", new XAttribute("datetime", instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), Age.Describe(now - instant)),
            "since the last loaded change")
        : Html.Tile("–", "nothing has been loaded yet");

    private static XElement Navigation(List<XElement> sections) => new(
        "nav",
        new XAttribute("aria-label", "Sections"),
        new XElement("ul", sections.Select(section => new XElement("li", Link(section)))));

    private static XElement Link(XElement section) =>
        new("a", new XAttribute("href", $"#{section.Attribute("id")!.Value}"), section.Element("h2")!.Value);

    /// <summary>Switches for what is shown of the business. They need the script, which makes them visible.</summary>
    private static XElement? Switches(BusinessFigures? business) => business is not { SalesMonths.Count: > 0 } ? null : new XElement(
        "form",
        new XAttribute("class", "switches"),
        new XAttribute("hidden", "hidden"),
        new XAttribute("aria-label", "What is shown"),
        Switch("currency", "Currency", business.SalesMonths.Select(month => month.Currency).Distinct().Select(code => (code, code, false)).Prepend(("all", "all", true))),
        Switch("period", "Period", Period.All.Select(period => (period.Value, period.Name, period.IsDefault))));

    private static XElement Switch(string name, string label, IEnumerable<(string Value, string Text, bool IsSelected)> options) => new(
        "label",
        $"{label} ",
        new XElement(
            "select",
            new XAttribute("name", name),
            new XAttribute("autocomplete", "off"),
            options.Select(option => new XElement("option", new XAttribute("value", option.Value), option.IsSelected ? new XAttribute("selected", "selected") : null, option.Text))));
}
