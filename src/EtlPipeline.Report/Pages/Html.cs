using System.Xml.Linq;
using EtlPipeline.Core.Resources;

namespace EtlPipeline.Report.Pages;

/// <summary>
/// The elements that the page is made of. Text becomes text nodes and attribute values, so that no name of the warehouse can be markup.
/// </summary>
internal static class Html
{
    /// <summary>
    /// The page's style sheet or script. Both are written into the page as XML text, so neither may have a character that is escaped there.
    /// </summary>
    public static string Read(string name) => EmbeddedText.Read(typeof(Html).Assembly, name);

    /// <summary>A section of the page, with its heading and an introduction.</summary>
    public static XElement Section(string id, string heading, string introduction, params object?[] content) => new(
        "section",
        new XAttribute("id", id),
        new XAttribute("aria-labelledby", $"{id}-heading"),
        new XElement("h2", new XAttribute("id", $"{id}-heading"), heading),
        new XElement("p", new XAttribute("class", "introduction"), introduction),
        content);

    /// <summary>Figures side by side, as many as there is room for.</summary>
    public static XElement Grid(params IEnumerable<XElement> figures) => new("div", new XAttribute("class", "grid-of-figures"), figures);

    /// <summary>A figure, with what belongs to it on its right if there is room.</summary>
    public static XElement Beside(XElement figure, XElement other) => new("div", new XAttribute("class", "beside"), figure, other);

    /// <summary>A chart with its heading, the names of its colours if it has several, and a note below.</summary>
    public static XElement Figure(string heading, XElement chart, IReadOnlyList<string>? legend = null, string? note = null) => new(
        "figure",
        new XElement("figcaption", heading),
        legend is { Count: > 1 } ? Legend(legend) : null,
        chart,
        note is null ? null : Note(note));

    /// <summary>A sentence in small type.</summary>
    public static XElement Note(string note) => new("p", new XAttribute("class", "note"), note);

    /// <summary>What replaces a section's or a figure's content if there is nothing to show.</summary>
    public static XElement Nothing(string sentence) => new("p", new XAttribute("class", "nothing"), sentence);

    /// <summary>A row of numbers.</summary>
    public static XElement Tiles(params IEnumerable<XElement> tiles) => new("div", new XAttribute("class", "tiles"), tiles);

    /// <summary>One number in large type.</summary>
    public static XElement Tile(object value, string meaning) => new(
        "div", new XAttribute("class", "tile"), new XElement("strong", value), new XElement("span", meaning));

    /// <summary>Shows an element only while a switch has a certain value.</summary>
    /// <param name="element">The element.</param>
    /// <param name="name">The switch: <c>currency</c> or <c>period</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="isShown">Whether the switch has that value when the page is opened.</param>
    public static XElement Switched(this XElement element, string name, string value, bool isShown = true)
    {
        element.SetAttributeValue($"data-{name}", value);
        if (!isShown) element.SetAttributeValue("hidden", "hidden");
        return element;
    }

    private static XElement Legend(IReadOnlyList<string> names) => new(
        "ul",
        new XAttribute("class", "legend"),
        names.Select((name, colour) => new XElement("li", new XElement("i", new XAttribute("class", $"swatch b{colour}"), ""), name)));
}

/// <summary>Formats spans of time in the largest unit that is precise enough. The page's script does the same.</summary>
internal static class Age
{
    public static string Describe(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => $"{Math.Max(0, (long)age.TotalSeconds)} s",
        { TotalHours: < 2 } => $"{(long)age.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(long)age.TotalHours} h",
        _ => $"{(long)age.TotalDays} days",
    };
}

/// <summary>A value in a table: what is shown, and what it is sorted by.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Order">The number to sort by; null to sort by the text.</param>
internal readonly record struct Cell(string Text, decimal? Order = null)
{
    public static Cell Count(long count) => new(Charts.Amount.Exact(count), count);

    public static Cell Money(decimal amount, string currency) => new(Charts.Amount.Money(amount, currency), amount);

    public static Cell Day(DateOnly day) => new(Charts.Amount.Day(day), day.DayNumber);

    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A table that scrolls sideways on a narrow screen and that the page's script sorts by any column.</summary>
/// <param name="caption">What it holds.</param>
/// <param name="columns">The headings. Below one that begins with <c>#</c> are numbers, aligned to the right.</param>
internal sealed class HtmlTable(string caption, params IReadOnlyList<string> columns)
{
    private readonly List<XElement> _rows = [];

    /// <summary>Adds a row.</summary>
    public XElement Add(params IEnumerable<Cell> cells)
    {
        _rows.Add(new XElement("tr", cells.Select((cell, column) => new XElement(
            column == 0 ? "th" : "td",
            column == 0 ? new XAttribute("scope", "row") : null,
            Class(column),
            cell.Order is { } order ? new XAttribute("data-order", order.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null,
            cell.Text))));
        return _rows[^1];
    }

    /// <summary>Draws the table. The keyboard can reach and scroll it.</summary>
    public XElement Draw() => new(
        "div",
        new XAttribute("class", "scroll"),
        new XAttribute("tabindex", "0"),
        new XAttribute("role", "region"),
        new XAttribute("aria-label", caption),
        new XElement(
            "table",
            new XElement("caption", caption),
            new XElement("thead", new XElement("tr", columns.Select((heading, column) => new XElement("th", new XAttribute("scope", "col"), Class(column), heading.TrimStart('#'))))),
            new XElement("tbody", _rows)));

    private XAttribute? Class(int column) => columns[column].StartsWith('#') ? new XAttribute("class", "number") : null;
}
