namespace EtlPipeline.Report.Charts;

/// <summary>The values of one colour in a chart, one a category.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Values">The values, none below zero.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<decimal> Values);

/// <summary>What a chart shows.</summary>
/// <param name="Title">What it is, for those who can't see it.</param>
/// <param name="Unit">What the values are counted in.</param>
/// <param name="Categories">The places along the other axis.</param>
/// <param name="Series">The values; each series has a value a category.</param>
internal sealed record ChartData(string Title, string Unit, IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>The highest sum of a category; 0 if there is none.</summary>
    public decimal Highest => Enumerable.Range(0, Categories.Count).Select(Total).DefaultIfEmpty().Max();

    /// <summary>The sum of a category over all series.</summary>
    public decimal Total(int category) => Series.Sum(series => series.Values[category]);

    /// <summary>A value in words.</summary>
    public string Describe(int series, int category) =>
        $"{Categories[category]}, {Series[series].Name}: {Amount.Exact(Series[series].Values[category])} {UnitOf(Series[series].Values[category])}";

    // Units are plural words or codes of currencies; those have no small letters.
    private string UnitOf(decimal value) => value == 1 && Unit.EndsWith('s') ? Unit[..^1] : Unit;
}
