using System.Xml.Linq;

namespace EtlPipeline.Report.Pages;

/// <summary>
/// The elements that the page is made of. Text becomes text nodes and attribute values, so that no name of the warehouse can be markup.
/// </summary>
internal static class Html
{
    /// <summary>A part of the page, with its heading and a sentence that says what it tells.</summary>
    public static XElement Section(string id, string heading, string introduction, params object?[] content) => new(
        "section",
        new XAttribute("id", id),
        new XElement("h2", heading),
        new XElement("p", new XAttribute("class", "introduction"), introduction),
        content);

    /// <summary>Figures side by side, as many as there is room for.</summary>
    public static XElement Grid(params IEnumerable<XElement> figures) => new("div", new XAttribute("class", "grid-of-figures"), figures);

    /// <summary>A figure, and what belongs to it on its right where there is room.</summary>
    public static XElement Beside(XElement figure, XElement other) => new("div", new XAttribute("class", "beside"), figure, other);

    /// <summary>A chart with its heading, the names of its colours where it has several, and a note below.</summary>
    public static XElement Figure(string heading, XElement chart, IReadOnlyList<string>? legend = null, string? note = null) => new(
        "figure",
        new XElement("figcaption", heading),
        legend is { Count: > 1 } ? Legend(legend) : null,
        chart,
        note is null ? null : new XElement("p", new XAttribute("class", "note"), note));

    /// <summary>What stands in a section's or a figure's place where there is nothing to show.</summary>
    public static XElement Nothing(string sentence) => new("p", new XAttribute("class", "nothing"), sentence);

    /// <summary>Numbers in a row.</summary>
    public static XElement Tiles(params IEnumerable<XElement> tiles) => new("div", new XAttribute("class", "tiles"), tiles);

    /// <summary>One number in large type.</summary>
    public static XElement Tile(string value, string meaning) => new(
        "div", new XAttribute("class", "tile"), new XElement("strong", value), new XElement("span", meaning));

    private static XElement Legend(IReadOnlyList<string> names) => new(
        "ul",
        new XAttribute("class", "legend"),
        names.Select((name, colour) => new XElement("li", new XElement("i", new XAttribute("class", $"swatch b{colour}"), ""), name)));
}
