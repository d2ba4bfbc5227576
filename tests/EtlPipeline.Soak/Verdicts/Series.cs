namespace EtlPipeline.Soak.Verdicts;

/// <summary>A figure over the schedules, without those in which everything warms up.</summary>
internal sealed class Series
{
    private const int WarmUpShare = 10;
    private const int ComparedShare = 5;

    private readonly double[] _values;

    /// <param name="values">The figure after each schedule.</param>
    public Series(IEnumerable<double> values)
    {
        double[] all = [.. values];
        WarmUp = Math.Max(2, all.Length / WarmUpShare);
        if (all.Length < WarmUp + ComparedShare)
            throw new ArgumentException($"A trend needs {WarmUp + ComparedShare} schedules or more, and there are {all.Length}.", nameof(values));
        _values = all[WarmUp..];
    }

    /// <summary>How many schedules are left out: a tenth, and two at least.</summary>
    public int WarmUp { get; }

    /// <summary>The values after the warm-up.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The first fifth.</summary>
    public IReadOnlyList<double> First => _values[..(_values.Length / ComparedShare)];

    /// <summary>The last fifth.</summary>
    public IReadOnlyList<double> Last => _values[^(_values.Length / ComparedShare)..];

    /// <summary>How much it grows in a hundred schedules, by least squares.</summary>
    public double SlopePerHundred
    {
        get
        {
            var middle = (_values.Length - 1) / 2.0;
            var mean = _values.Average();
            var (covariance, variance) = (0.0, 0.0);
            for (var at = 0; at < _values.Length; at++)
            {
                covariance += (at - middle) * (_values[at] - mean);
                variance += (at - middle) * (at - middle);
            }

            return 100 * covariance / variance;
        }
    }

    public static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
