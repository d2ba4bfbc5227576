namespace EtlPipeline.Report.Charts;

/// <summary>The values of one colour in a chart, one per category.</summary>
/// <param name="Name">What the values are.</param>
/// <param name="Values">The values; none is negative.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<decimal> Values);

/// <summary>What a chart shows.</summary>
/// <param name="Title">What the chart is, for people who can't see it.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Categories">The labels along the other axis.</param>
/// <param name="Series">The values; each series has one per category.</param>
internal sealed record ChartData(string Title, string Unit, IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>The highest sum of a category; 0 if there is none.</summary>
    public decimal Highest => Enumerable.Range(0, Categories.Count).Select(Total).DefaultIfEmpty().Max();

    /// <summary>The sum of a category over all series.</summary>
    public decimal Total(int category) => Series.Sum(series => series.Values[category]);

    /// <summary>A value in words.</summary>
    public string Describe(int series, int category) =>
        $"{Categories[category]}, {Series[series].Name}: {Amount.Exact(Series[series].Values[category])} {UnitOf(Series[series].Values[category])}";

    // A unit is a plural word or a currency code, and a code has no lower-case letters.
    private string UnitOf(decimal value) => value == 1 && Unit.EndsWith('s') ? Unit[..^1] : Unit;
}
