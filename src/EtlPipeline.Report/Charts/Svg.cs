using System.Globalization;
using System.Xml.Linq;

namespace EtlPipeline.Report.Charts;

/// <summary>The elements of a drawing. Colours and fonts come from the page's style sheet, by class.</summary>
internal static class Svg
{
    /// <summary>The width of every drawing: that of a phone, so that text keeps its size there.</summary>
    public const double Width = 360;

    /// <summary>The smallest gap between two labels.</summary>
    public const double Gap = 8;

    // An average over browsers' default fonts at the size of axis labels, rounded up.
    private const double CharacterWidth = 6.2;

    /// <summary>The approximate width of an axis label.</summary>
    public static double TextWidth(string text) => text.Length * CharacterWidth;

    /// <summary>A drawing, with a name for people who can't see it.</summary>
    public static XElement Drawing(string title, double height, params object[] content) => new(
        "svg",
        new XAttribute("viewBox", $"0 0 {Text(Width)} {Text(height)}"),
        new XAttribute("role", "img"),
        new XAttribute("aria-label", title),
        new XElement("title", title),
        content);

    public static XElement Line(double x1, double y1, double x2, double y2, string style) =>
        Element("line", style, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));

    public static XElement Rectangle(double x, double y, double width, double height, string style, string hint)
    {
        var rectangle = Element("rect", style, ("x", x), ("y", y), ("width", width), ("height", height));
        rectangle.Add(new XElement("title", hint));
        return rectangle;
    }

    public static XElement Dot(double x, double y, double radius, string style, string hint)
    {
        var dot = Element("circle", style, ("cx", x), ("cy", y), ("r", radius));
        dot.Add(new XElement("title", hint));
        return dot;
    }

    public static XElement Path(IEnumerable<(double X, double Y)> points, string style) => new(
        "polyline",
        new XAttribute("class", style),
        new XAttribute("points", string.Join(' ', points.Select(point => $"{Text(point.X)},{Text(point.Y)}"))));

    public static XElement Label(double x, double y, string text, string style)
    {
        var label = Element("text", style, ("x", x), ("y", y));
        label.Add(text);
        return label;
    }

    private static XElement Element(string name, string style, params (string Name, double Value)[] lengths) => new(
        name,
        new XAttribute("class", style),
        lengths.Select(length => new XAttribute(length.Name, Text(length.Value))));

    private static string Text(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);
}
