using System.Xml.Linq;

namespace EtlPipeline.Report.Charts;

/// <summary>The background of an upright chart: a grid, the value axis on the left, categories below.</summary>
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

    /// <summary>The width of one category.</summary>
    public double CategoryWidth => (Right - Left) / data.Categories.Count;

    /// <summary>The x position of the middle of a category.</summary>
    public double X(int category) => Left + (CategoryWidth * (category + 0.5));

    /// <summary>The y position of a value.</summary>
    public double Y(decimal value) => Bottom - ((Bottom - Top) * axis.Share(value));

    /// <summary>Draws the background, with the unit above the value axis.</summary>
    public IEnumerable<XElement> Draw()
    {
        yield return Svg.Label(0, 11, data.Unit, "tick");
        foreach (var tick in axis.Ticks)
        {
            yield return Svg.Line(Left, Y(tick), Right, Y(tick), tick == 0 ? "axis" : "grid");
            yield return Svg.Label(Left - 6, Y(tick) + 4, Amount.Short(tick), "tick end");
        }

        foreach (var category in LabelledCategories())
            yield return Svg.Label(LabelX(category), Bottom + 17, data.Categories[category], "tick middle");
    }

    /// <summary>The categories that get a label: the newest, and each earlier one whose label doesn't touch the next.</summary>
    private IEnumerable<int> LabelledCategories()
    {
        var free = double.MaxValue;
        for (var category = data.Categories.Count - 1; category >= 0; category--)
        {
            var (middle, half) = (LabelX(category), Svg.TextWidth(data.Categories[category]) / 2);
            if (middle + half > free || middle - half < 0) continue;
            free = middle - half - Svg.Gap;
            yield return category;
        }
    }

    /// <summary>A label stays within the drawing.</summary>
    private double LabelX(int category) => Math.Min(X(category), Svg.Width - (Svg.TextWidth(data.Categories[category]) / 2));
}

/// <summary>An axis from zero to a round number, with ticks at round numbers.</summary>
internal sealed class ValueAxis
{
    private const int MostSteps = 4;
    private static readonly decimal[] RoundSteps = [1, 2, 2.5m, 5, 10];

    private readonly decimal _step;
    private readonly int _steps;

    /// <summary>Makes the axis.</summary>
    /// <param name="highest">The highest value that it has to show.</param>
    /// <param name="isWhole">Whether values are counts, so that every tick is a whole number.</param>
    public ValueAxis(decimal highest, bool isWhole)
    {
        _step = StepFor(Math.Max(highest, 0) / MostSteps, isWhole);
        _steps = Math.Max(1, (int)Math.Ceiling(highest / _step));
    }

    /// <summary>Where the axis ends.</summary>
    public decimal End => _step * _steps;

    /// <summary>The ticks, including zero and the end.</summary>
    public IEnumerable<decimal> Ticks => Enumerable.Range(0, _steps + 1).Select(number => number * _step);

    /// <summary>How far along the axis a value lies, from 0 to 1.</summary>
    public double Share(decimal value) => (double)(value / End);

    private static decimal StepFor(decimal least, bool isWhole)
    {
        if (least <= 0) return 1;
        var magnitude = (decimal)Math.Pow(10, Math.Floor(Math.Log10((double)least)));
        var step = RoundSteps.Select(round => round * magnitude).First(round => round >= least);
        return isWhole ? Math.Max(1, Math.Ceiling(step)) : step;
    }
}
