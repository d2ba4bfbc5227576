using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EtlPipeline.Benchmarks;

/// <summary>
/// Which sizes of table and rates of change fit, by calculation from what was measured. Every figure grows with the number of rows, because
/// no stage holds more than a chunk.
/// </summary>
/// <param name="rows">How many orders were measured.</param>
/// <param name="measurements">What was measured.</param>
/// <param name="prices">AWS's prices, as <c>.ci/cost/prices.json</c> has them.</param>
internal sealed class WhatFits(long rows, IReadOnlyList<Measurement> measurements, JsonElement prices)
{
    private const double SecondsOfInterval = 300, SecondsOfDay = 86_400, RunsOfMonth = 30 * SecondsOfDay / SecondsOfInterval, DaysKept = 60;

    // What Terraform gives the functions by default.
    private const double ExtractGigabytes = 0.5, TransformGigabytes = 0.5, LoadGigabytes = 1;

    private static readonly long[] Sizes = [100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>The table, as Markdown.</summary>
    public string Table()
    {
        var table = new StringBuilder(
            "| rows | scan a run | first load | most changes in 5 minutes | round a day: rows sent, as a share of all time | lake, 60 days | AWS, a month | gives out first |\n|---:|---:|---:|---:|---:|---:|---:|---|\n");
        foreach (var size in Sizes) table.Append(Line(size)).Append('\n');
        return table.ToString();
    }

    private string Line(long size)
    {
        var scan = Seconds("the count scan", size);
        var (extract, transform, load) = (Seconds("first load: Extract", size), Seconds("first load: Transform", size), Seconds("first load: Load", size));
        var slowest = Math.Max(extract, Math.Max(transform, load));
        var changes = Math.Min(size, rows * SecondsOfInterval / Value("bulk update: Load"));
        var (roundExtract, roundTransform, roundLoad) = (Seconds("round: Extract", size), Seconds("round: Transform", size), Seconds("round: Load", size));
        var round = Math.Max(roundExtract, Math.Max(roundTransform, roundLoad)) / SecondsOfDay;
        var gigabytes = Value("what a round writes, both buckets") / 1000 * size / rows * DaysKept;
        var compute = RunsOfMonth * scan * ExtractGigabytes + 30 * (roundExtract * ExtractGigabytes + roundTransform * TransformGigabytes + roundLoad * LoadGigabytes);
        var bill = compute * Price("lambda", "gbSecond", "x86_64") + gigabytes * Price("s3", "gbMonth");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {size:N0} | {Time(scan)} | {Time(slowest)} | {changes:N0} | {round:0.#%} | {gigabytes:N1} GB | ${bill:N2} | {GivesOut(scan / SecondsOfInterval, round)} |");
    }

    private static string GivesOut(double scan, double round) => (scan, round) switch
    {
        ( < 0.1, < 0.1) => "nothing",
        _ when scan >= round && scan > 1 => "the scan: it takes longer than the interval",
        _ when scan >= round => "the scan, as load on the source",
        (_, > 1) => "the round: Load can't compare every row within a day",
        _ => "the round, in Load",
    };

    private double Seconds(string measurement, long size) => Value(measurement) * size / rows;

    private double Value(string measurement) => measurements.Single(one => one.Name == measurement).Value;

    private double Price(params string[] path) => path.Aggregate(prices, (element, name) => element.GetProperty(name)).GetDouble();

    private static string Time(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0#} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };
}
