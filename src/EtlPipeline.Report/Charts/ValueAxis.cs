namespace EtlPipeline.Report.Charts;

/// <summary>An axis from zero to a round number, with ticks at round numbers.</summary>
internal sealed class ValueAxis
{
    private const int MostSteps = 4;
    private static readonly decimal[] RoundSteps = [1, 2, 2.5m, 5, 10];

    private readonly decimal _step;
    private readonly int _steps;

    /// <summary>Makes the axis.</summary>
    /// <param name="highest">The highest value that it has to show.</param>
    /// <param name="isWhole">Whether values are counts, so that no tick lies between them.</param>
    public ValueAxis(decimal highest, bool isWhole)
    {
        _step = StepFor(Math.Max(highest, 0) / MostSteps, isWhole);
        _steps = Math.Max(1, (int)Math.Ceiling(highest / _step));
    }

    /// <summary>Where the axis ends.</summary>
    public decimal End => _step * _steps;

    /// <summary>The ticks, zero and the end among them.</summary>
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
