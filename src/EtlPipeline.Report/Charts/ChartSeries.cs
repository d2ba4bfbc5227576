namespace EtlPipeline.Report.Charts;

/// <summary>The values of one colour in a chart, one a category.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Values">The values, none below zero.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<decimal> Values);
