using System.Xml.Linq;

namespace EtlPipeline.Report.Pages;

/// <summary>A table that scrolls sideways on its own where a screen is narrow.</summary>
/// <param name="caption">What it holds.</param>
/// <param name="columns">The headings; one that begins with <c>#</c> is that of numbers, which end at the right.</param>
internal sealed class HtmlTable(string caption, params IReadOnlyList<string> columns)
{
    private readonly List<XElement> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params IEnumerable<string> cells) =>
        _rows.Add(new XElement("tr", cells.Select((text, column) => Cell("td", text, column))));

    /// <summary>The table; it can be reached and scrolled by keyboard.</summary>
    public XElement Draw() => new(
        "div",
        new XAttribute("class", "scroll"),
        new XAttribute("tabindex", "0"),
        new XAttribute("role", "region"),
        new XAttribute("aria-label", caption),
        new XElement(
            "table",
            new XElement("caption", caption),
            new XElement("thead", new XElement("tr", columns.Select((heading, column) => Cell("th", heading.TrimStart('#'), column)))),
            new XElement("tbody", _rows)));

    private XElement Cell(string element, string text, int column) => new(
        element,
        element == "th" ? new XAttribute("scope", "col") : null,
        columns[column].StartsWith('#') ? new XAttribute("class", "number") : null,
        text);
}
