using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>
/// What is measured in an invocation of a stage, or for one table in it; what is null is not measured. The functions' logger turns the line
/// into metrics of CloudWatch (AWS, <i>Specification: Embedded metric format</i>): namespace <c>EtlPipeline</c>, dimensions <c>Pipeline</c>
/// and <c>Stage</c>, and <c>Table</c> if it is of one. All figures are members of the line, whichever of them become metrics. Elsewhere it is
/// an ordinary line.
/// </summary>
public sealed record StageMetrics
{
    /// <summary>The rows that were read and written on.</summary>
    public long? Rows { get; init; }

    /// <summary>The bytes that were put into a bucket, or read from one.</summary>
    public long? Bytes { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How long it took from the source's snapshot to the warehouse, at most.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Rows that the daily round mended.</summary>
    public long? Corrections { get; init; }

    /// <summary>Rows that are rejected at this moment.</summary>
    public long? OpenRejects { get; init; }

    /// <summary>Versions that were missing or unreadable, and were stepped over.</summary>
    public long? Gaps { get; init; }

    /// <summary>How long ago the rows were last known to be the source's, at most.</summary>
    public TimeSpan? VerifiedThroughAge { get; init; }

    /// <summary>Segments that were never read.</summary>
    public long? UnknownSegments { get; init; }

    /// <summary>Whether the stage could do everything; null if another invocation did the work.</summary>
    public bool? Success { get; init; }

    /// <summary>Writes the summary line of an invocation, or of a table in it.</summary>
    /// <param name="logger">The stage's logger.</param>
    /// <param name="stage">The stage's name.</param>
    /// <param name="table">The table; null for the invocation.</param>
    public void Write(ILogger logger, string stage, TableName? table = null)
    {
        var name = table is null ? EventNames.StageFinished : EventNames.TableFinished;
        var subject = table is { } of ? $"{stage}: {of}" : $"{stage} {(Success is false ? "finished with failures" : "finished")}";
        var line = new MetricsLine(this, stage, table, string.Join(", ", Values().Select(value => value.Text).Prepend(subject)));
        logger.Log(LogLevel.Information, new EventId(0, name), line, null, static (line, _) => line.Message);
    }

    /// <summary>Writes that an invocation failed as a whole: its error line is its summary line.</summary>
    internal static void WriteFailure(ILogger logger, string stage, TimeSpan duration, Exception exception)
    {
        var metrics = new StageMetrics { Success = false, Duration = duration };
        var line = new MetricsLine(metrics, stage, null, $"The invocation failed: {FailureText.Of(exception)}");
        logger.Log(LogLevel.Error, new EventId(0, EventNames.InvocationFailed), line, exception, static (line, _) => line.Message);
    }

    internal IEnumerable<MetricValue> Values()
    {
        if (Rows is { } rows) yield return new("Rows", "Count", rows, "rows", Alarm.None);
        if (Bytes is { } bytes) yield return new("Bytes", "Bytes", bytes, "bytes", Alarm.None);
        if (Duration is { } duration) yield return new("DurationMilliseconds", "Milliseconds", Math.Round((decimal)duration.TotalMilliseconds), "ms", Alarm.None);
        if (Lag is { } lag) yield return new("LagSeconds", "Seconds", Seconds(lag), "s behind the source", Alarm.OnLevel);
        if (Corrections is { } corrections) yield return new("Corrections", "Count", corrections, "corrections", Alarm.OnAny);
        if (OpenRejects is { } rejects) yield return new("OpenRejects", "Count", rejects, "rejected rows", Alarm.OnLevel);
        if (Gaps is { } gaps) yield return new("Gaps", "Count", gaps, "versions stepped over", Alarm.OnAny);
        if (VerifiedThroughAge is { } age) yield return new("VerifiedThroughAgeSeconds", "Seconds", Seconds(age), "s since verified", Alarm.OnLevel);
        if (UnknownSegments is { } unknown) yield return new("UnknownSegments", "Count", unknown, "segments not yet read", Alarm.None);
        if (Success is { } success) yield return new("Success", "Count", success ? 1 : 0, success ? "success" : "failure", Alarm.OnLevel);
    }

    private static decimal Seconds(TimeSpan time) => Math.Round((decimal)time.TotalSeconds, 3);
}

/// <summary>What an alarm of <c>terraform/alarms.tf</c> looks at.</summary>
internal enum Alarm
{
    /// <summary>There is none on this figure.</summary>
    None,

    /// <summary>Every value, the good ones too: they end the alarm.</summary>
    OnLevel,

    /// <summary>Any value above 0; none is as good as 0.</summary>
    OnAny,
}

/// <summary>A figure's value.</summary>
internal readonly record struct MetricValue(string Name, string Unit, decimal Value, string Meaning, Alarm Alarm)
{
    public string Text => Name == "Success" ? Meaning : string.Create(CultureInfo.InvariantCulture, $"{Value} {Meaning}");

    /// <summary>Whether the alarms would miss it.</summary>
    public bool IsAlarming => Alarm == Alarm.OnLevel || (Alarm == Alarm.OnAny && Value > 0);
}

/// <summary>Which figures become metrics. CloudWatch charges for each metric in each hour in which it has a value.</summary>
public enum MetricsScope
{
    /// <summary>Those that the alarms look at.</summary>
    Alarms,

    /// <summary>All figures of each stage.</summary>
    Stages,

    /// <summary>All figures of each stage, and those of each of its tables.</summary>
    Tables,
}

/// <summary>The functions' own settings of their metrics.</summary>
/// <param name="Pipeline">The dimension <c>Pipeline</c>.</param>
/// <param name="Scope">Which figures become metrics.</param>
public sealed record MetricsTarget(string Pipeline, MetricsScope Scope);

/// <summary>A line with metrics, for the functions' logger.</summary>
internal sealed record MetricsLine(StageMetrics Metrics, string Stage, TableName? Table, string Message)
{
    /// <summary>Whether the line makes metrics, and is therefore written whatever the log level is.</summary>
    public bool IsFor(MetricsTarget? target) => MetricsOf(target).Any();

    /// <summary>Adds the values, and what makes CloudWatch take them for metrics.</summary>
    public void WriteTo(Utf8JsonWriter json, MetricsTarget? target, DateTimeOffset time)
    {
        foreach (var value in Metrics.Values()) json.WriteNumber(value.Name, value.Value);
        if (Table is { } table) json.WriteString(nameof(Table), table.Value);
        if (!IsFor(target)) return;
        json.WriteString("Pipeline", target!.Pipeline);
        json.WriteString(nameof(Stage), Stage);
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", time.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", "EtlPipeline");
        WriteDimensions(json);
        json.WriteStartArray(nameof(Metrics));
        foreach (var value in MetricsOf(target))
        {
            json.WriteStartObject();
            json.WriteString("Name", value.Name);
            json.WriteString("Unit", value.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private IEnumerable<MetricValue> MetricsOf(MetricsTarget? target) => target switch
    {
        null => [],
        { Scope: MetricsScope.Tables } => Metrics.Values(),
        _ when Table is { } => [],
        { Scope: MetricsScope.Stages } => Metrics.Values(),
        _ => Metrics.Values().Where(value => value.IsAlarming),
    };

    private void WriteDimensions(Utf8JsonWriter json)
    {
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue("Pipeline");
        json.WriteStringValue(nameof(Stage));
        if (Table is { }) json.WriteStringValue(nameof(Table));
        json.WriteEndArray();
        json.WriteEndArray();
    }
}
