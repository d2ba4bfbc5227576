using System.Xml.Linq;

namespace EtlPipeline.Report.Charts;

/// <summary>Counts over time, as stacked columns.</summary>
internal static class ColumnChart
{
    private const double Filled = 0.72;
    private const double Widest = 34;

    public static XElement Draw(ChartData data)
    {
        var plot = new Plot(data, new ValueAxis(data.Highest, isWhole: true));
        var columns = Enumerable.Range(0, data.Categories.Count).SelectMany(category => DrawColumn(plot, data, category));
        return Svg.Drawing(data.Title, Plot.Height, plot.Draw(), columns);
    }

    private static IEnumerable<XElement> DrawColumn(Plot plot, ChartData data, int category)
    {
        var width = Math.Min(plot.CategoryWidth * Filled, Widest);
        var below = 0m;
        for (var series = 0; series < data.Series.Count; series++)
        {
            var value = data.Series[series].Values[category];
            if (value == 0) continue;
            var top = plot.Y(below + value);
            yield return Svg.Rectangle(
                plot.X(category) - (width / 2), top, width, plot.Y(below) - top, $"s{series}", data.Describe(series, category));
            below += value;
        }
    }
}

/// <summary>Values over time, as a line.</summary>
internal static class LineChart
{
    private const double Radius = 2.4;

    /// <summary>Draws one series.</summary>
    /// <param name="data">What to show; it has one series.</param>
    /// <param name="colour">The number of its colour.</param>
    /// <param name="isLastOpen">
    /// Whether the last value can still grow. If so, it is a ring with no line leading to it, so that a month that has just begun doesn't look
    /// like a plunge.
    /// </param>
    public static XElement Draw(ChartData data, int colour, bool isLastOpen)
    {
        var plot = new Plot(data, new ValueAxis(data.Highest, isWhole: false));
        var points = data.Series[0].Values.Select((value, category) => (X: plot.X(category), Y: plot.Y(value))).ToList();
        var closed = isLastOpen ? points.Count - 1 : points.Count;
        var dots = points.Select((point, category) => category < closed
            ? Svg.Dot(point.X, point.Y, Radius, $"s{colour}", data.Describe(0, category))
            : Svg.Dot(point.X, point.Y, Radius + 1, $"ring p{colour}", $"{data.Describe(0, category)} so far"));
        return Svg.Drawing(data.Title, Plot.Height, plot.Draw(), Svg.Path(points.Take(closed), $"path p{colour}"), dots);
    }
}
