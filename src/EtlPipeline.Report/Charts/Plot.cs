using System.Xml.Linq;

namespace EtlPipeline.Report.Charts;

/// <summary>The ground of a chart whose values stand upright: grid, value axis on the left, categories below.</summary>
/// <param name="data">What the chart shows.</param>
/// <param name="axis">The axis of its values.</param>
internal sealed class Plot(ChartData data, ValueAxis axis)
{
    /// <summary>The height of the whole drawing.</summary>
    public const double Height = 210;

    private const double Left = 46;
    private const double Right = 352;
    private const double Top = 26;
    private const double Bottom = 184;
    private const int MostLabels = 5;

    /// <summary>The room of one category.</summary>
    public double CategoryWidth => (Right - Left) / data.Categories.Count;

    /// <summary>Where the middle of a category lies.</summary>
    public double X(int category) => Left + (CategoryWidth * (category + 0.5));

    /// <summary>Where a value lies.</summary>
    public double Y(decimal value) => Bottom - ((Bottom - Top) * axis.Share(value));

    /// <summary>Draws the ground; the unit stands above the value axis.</summary>
    public IEnumerable<XElement> Draw()
    {
        yield return Svg.Label(0, 11, data.Unit, "tick");
        foreach (var tick in axis.Ticks)
        {
            yield return Svg.Line(Left, Y(tick), Right, Y(tick), tick == 0 ? "axis" : "grid");
            yield return Svg.Label(Left - 6, Y(tick) + 4, Amount.Short(tick), "tick end");
        }

        // Counted from the end, so that the newest category always has its name.
        var stride = (data.Categories.Count + MostLabels - 1) / MostLabels;
        for (var category = data.Categories.Count - 1; category >= 0; category -= stride)
            yield return Svg.Label(LabelX(category), Bottom + 17, data.Categories[category], "tick middle");
    }

    // Half of a label's width stays within the drawing.
    private double LabelX(int category) => Math.Min(X(category), Svg.Width - 26);
}
