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
