using System.Xml.Linq;

namespace EtlPipeline.Report.Charts;

/// <summary>Values over time, as a line.</summary>
internal static class LineChart
{
    /// <summary>Draws one series.</summary>
    /// <param name="data">What to show; it has one series.</param>
    /// <param name="colour">The number of its colour.</param>
    /// <param name="isLastOpen">Whether the last value can still grow; the way to it is dashed then.</param>
    public static XElement Draw(ChartData data, int colour, bool isLastOpen)
    {
        var plot = new Plot(data, new ValueAxis(data.Highest, isWhole: false));
        var points = data.Series[0].Values.Select((value, category) => (X: plot.X(category), Y: plot.Y(value))).ToList();
        var closed = isLastOpen ? points.Count - 1 : points.Count;
        var dots = points.Select((point, category) => Svg.Dot(point.X, point.Y, 2.4, $"s{colour}", data.Describe(0, category)));
        return Svg.Drawing(
            data.Title,
            Plot.Height,
            plot.Draw(),
            Svg.Path(points.Take(closed), $"path p{colour}"),
            Svg.Path(points.Skip(closed - 1), $"path dashed p{colour}"),
            dots);
    }
}
