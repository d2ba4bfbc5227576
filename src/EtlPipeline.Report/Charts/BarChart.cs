using System.Globalization;
using System.Xml.Linq;

namespace EtlPipeline.Report.Charts;

/// <summary>Counts as stacked bars, each below its name, so that the name has the full width even on a phone.</summary>
internal static class BarChart
{
    private const double RowHeight = 34;
    private const double BarHeight = 12;
    private const double Top = 18;
    private const int LongestName = 40;

    public static XElement Draw(ChartData data)
    {
        var scale = Svg.Width / (double)Math.Max(data.Highest, 1);
        var bars = Enumerable.Range(0, data.Categories.Count).SelectMany(category => DrawBar(data, category, scale));
        return Svg.Drawing(data.Title, Top + (RowHeight * data.Categories.Count), Svg.Label(Svg.Width, 11, data.Unit, "tick end"), bars);
    }

    private static IEnumerable<XElement> DrawBar(ChartData data, int category, double scale)
    {
        var top = Top + (RowHeight * category);
        yield return Svg.Label(0, top + 11, Shorten(data.Categories[category]), "name");
        yield return Svg.Label(Svg.Width, top + 11, data.Total(category) == 0 ? "none" : Amount.Exact(data.Total(category)), "total end");
        var x = 0.0;
        for (var series = 0; series < data.Series.Count; series++)
        {
            var width = (double)data.Series[series].Values[category] * scale;
            if (width == 0) continue;
            yield return Svg.Rectangle(x, top + 16, width, BarHeight, $"s{series}", data.Describe(series, category));
            x += width;
        }
    }

    // Counted in the characters that a reader sees, so that no emoji is cut in half.
    private static string Shorten(string name)
    {
        var characters = new StringInfo(name);
        return characters.LengthInTextElements <= LongestName
            ? name
            : characters.SubstringByTextElements(0, LongestName - 1).TrimEnd() + "…";
    }
}
