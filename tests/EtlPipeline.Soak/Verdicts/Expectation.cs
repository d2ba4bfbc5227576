namespace EtlPipeline.Soak.Verdicts;

/// <summary>What has to be true of a figure.</summary>
internal abstract record Expectation
{
    private Expectation()
    {
    }

    /// <summary>Whether it is.</summary>
    public abstract bool IsMetBy(Series series);

    /// <summary>None after any schedule.</summary>
    public sealed record None : Expectation
    {
        public override bool IsMetBy(Series series) => series.Values.All(value => value == 0);

        public override string ToString() => "none";
    }

    /// <summary>Never more in the last fifth than at some time in the first.</summary>
    public sealed record Flat : Expectation
    {
        public override bool IsMetBy(Series series) => series.Last.Max() <= series.First.Max();

        public override string ToString() => "flat";
    }

    /// <summary>The last fifth's median is at most so many times the first's.</summary>
    public sealed record Within(double Ratio) : Expectation
    {
        public override bool IsMetBy(Series series) => Series.Median(series.Last) <= Ratio * Series.Median(series.First);

        public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"x {Ratio}");
    }

    /// <summary>It is shown, and may be what it wants to.</summary>
    public sealed record Anything : Expectation
    {
        public override bool IsMetBy(Series series) => true;

        public override string ToString() => "";
    }
}
