using System.Text.Json;
using System.Text.RegularExpressions;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed partial class StageMetricsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 45, 3, 123, TimeSpan.Zero);

    private static readonly StageMetrics Everything = new()
    {
        Rows = 1_234_567,
        Bytes = 5_000_000_000,
        Duration = TimeSpan.FromMilliseconds(1234.6),
        Lag = TimeSpan.FromMilliseconds(98_765),
        Corrections = 0,
        OpenRejects = 3,
        Gaps = 1,
        VerifiedThroughAge = TimeSpan.FromHours(25),
        UnknownSegments = 4096,
        Success = true,
    };

    /// <summary>The names and units by which terraform/ knows them.</summary>
    private static readonly Dictionary<string, (string Unit, double Value)> Expected = new()
    {
        ["Rows"] = ("Count", 1_234_567),
        ["Bytes"] = ("Bytes", 5_000_000_000),
        ["DurationMilliseconds"] = ("Milliseconds", 1235),
        ["LagSeconds"] = ("Seconds", 98.765),
        ["Corrections"] = ("Count", 0),
        ["OpenRejects"] = ("Count", 3),
        ["Gaps"] = ("Count", 1),
        ["VerifiedThroughAgeSeconds"] = ("Seconds", 90_000),
        ["UnknownSegments"] = ("Count", 4096),
        ["Success"] = ("Count", 1),
    };

    [Fact]
    public void A_summary_line_is_in_the_embedded_metric_format()
    {
        var line = Assert.Single(Log(LogLevel.Information, MetricsScope.Stages, logger => Everything.Write(logger, "Load")));

        var aws = line.GetProperty("_aws");
        var directive = Assert.Single(aws.GetProperty("CloudWatchMetrics").EnumerateArray());
        Assert.Equal(Now.ToUnixTimeMilliseconds(), aws.GetProperty("Timestamp").GetInt64());
        Assert.Equal("EtlPipeline", directive.GetProperty("Namespace").GetString());
        Assert.Equal("""[["Pipeline","Stage"]]""", directive.GetProperty("Dimensions").GetRawText());
        Assert.Equal(
            Expected.Select(metric => (metric.Key, metric.Value.Unit)),
            directive.GetProperty("Metrics").EnumerateArray().Select(metric => (metric.GetProperty("Name").GetString()!, metric.GetProperty("Unit").GetString()!)));
        Assert.All(Expected, metric => Assert.Equal(metric.Value.Value, line.GetProperty(metric.Key).GetDouble()));
        Assert.Equal(("orders", "Load"), (line.GetProperty("Pipeline").GetString(), line.GetProperty("Stage").GetString()));
        Assert.Equal(("StageFinished", "Information"), (line.GetProperty("event").GetString(), line.GetProperty("level").GetString()));
        Assert.StartsWith("Load finished, 1234567 rows, 5000000000 bytes, 1235 ms, 98.765 s behind the source, 0 corrections", line.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_measured_is_not_there()
    {
        var line = Assert.Single(Log(LogLevel.Information, MetricsScope.Stages, logger => new StageMetrics { Rows = 7, Success = false }.Write(logger, "Extract")));

        Assert.Equal(["Rows", "Success"], MetricNames(line));
        Assert.Equal(0, line.GetProperty("Success").GetInt32());
        Assert.False(line.TryGetProperty("Bytes", out _));
        Assert.Equal("Extract finished with failures, 7 rows, failure", line.GetProperty("message").GetString());
    }

    [Fact]
    public void A_table_has_metrics_of_its_own_only_if_asked_for()
    {
        var asked = Assert.Single(Log(LogLevel.Information, MetricsScope.Tables, WriteTable));
        var notAsked = Assert.Single(Log(LogLevel.Information, MetricsScope.Stages, WriteTable));

        Assert.Equal("""[["Pipeline","Stage","Table"]]""", asked.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Dimensions").GetRawText());
        Assert.False(notAsked.TryGetProperty("_aws", out _));
        Assert.All([asked, notAsked], line => Assert.Equal(("TableFinished", "staff", 7), (line.GetProperty("event").GetString(), line.GetProperty("Table").GetString(), line.GetProperty("Rows").GetInt32())));
    }

    [Fact]
    public void Unless_more_is_asked_for_the_metrics_are_those_that_alarms_look_at()
    {
        var line = Assert.Single(Log(LogLevel.Information, MetricsScope.Alarms, logger => (Everything with { Corrections = 1 }).Write(logger, "Load")));

        var alarms = File.ReadAllText(RepositoryFolder.Find(Path.Combine("terraform", "alarms.tf")));
        Assert.Equal(OfAlarms().Matches(alarms).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal), MetricNames(line).Order(StringComparer.Ordinal));
        Assert.All(Expected.Keys, figure => Assert.True(line.TryGetProperty(figure, out _), figure));
    }

    [Fact]
    public void A_metric_that_costs_is_not_sent_to_say_that_nothing_happened()
    {
        var fine = Assert.Single(Log(LogLevel.Information, MetricsScope.Alarms, logger => (Everything with { Gaps = 0, OpenRejects = 0 }).Write(logger, "Load")));
        var mended = Assert.Single(Log(LogLevel.Information, MetricsScope.Alarms, logger => (Everything with { Corrections = 1 }).Write(logger, "Load")));
        var skipped = Assert.Single(Log(LogLevel.Information, MetricsScope.Alarms, logger => new StageMetrics { Duration = TimeSpan.FromSeconds(1) }.Write(logger, "Extract")));

        Assert.Equal(["LagSeconds", "OpenRejects", "VerifiedThroughAgeSeconds", "Success"], MetricNames(fine));
        Assert.Contains("Corrections", MetricNames(mended));
        Assert.False(skipped.TryGetProperty("_aws", out _));
    }

    /// <summary>Success of three stages and what Load says with it; what is sent if something happened alone costs next to nothing.</summary>
    [Fact]
    public void The_table_of_costs_counts_the_metrics_that_are_always_sent_and_those_of_memory()
    {
        var costs = JsonDocument.Parse(File.ReadAllText(RepositoryFolder.Find(Path.Combine(".ci", "cost", "measured.json")))).RootElement;
        var fine = Assert.Single(Log(LogLevel.Information, MetricsScope.Alarms, logger => (Everything with { Corrections = 0, Gaps = 0 }).Write(logger, "Load")));

        Assert.Equal(MetricNames(fine).Count() + 2 + 3, costs.GetProperty("metrics").GetInt32());
    }

    [Fact]
    public void Metrics_are_written_whatever_the_log_level_is() =>
        Assert.Equal(["StageFinished"], Log(LogLevel.Error, MetricsScope.Alarms, logger =>
        {
            WriteTable(logger);
            Everything.Write(logger, "Load");
        }).Select(line => line.GetProperty("event").GetString()));

    [Fact]
    public void An_invocation_that_fails_as_a_whole_is_no_success()
    {
        var line = Assert.Single(Log(LogLevel.Information, MetricsScope.Alarms, logger =>
            StageMetrics.WriteFailure(logger, "Load", TimeSpan.FromSeconds(2), new IOException("disk full"))));

        Assert.Equal(("InvocationFailed", "Error", "The invocation failed: disk full"), (line.GetProperty("event").GetString(), line.GetProperty("level").GetString(), line.GetProperty("message").GetString()));
        Assert.Equal((0, 2000), (line.GetProperty("Success").GetInt32(), line.GetProperty("DurationMilliseconds").GetInt32()));
        Assert.True(line.TryGetProperty("_aws", out _));
    }

    [Fact]
    public void On_another_logger_it_is_an_ordinary_line()
    {
        var log = new TestLog();

        new StageMetrics { Rows = 7 }.Write(log, "Load", TableName.Parse("dim_staff"));

        Assert.Equal("Load: dim_staff, 7 rows", Assert.Single(log.Entries).Message);
    }

    private static IEnumerable<string?> MetricNames(JsonElement line) =>
        line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics").EnumerateArray().Select(metric => metric.GetProperty("Name").GetString());

    private static void WriteTable(ILogger logger) => new StageMetrics { Rows = 7 }.Write(logger, "Extract", TableName.Parse("staff"));

    private static IReadOnlyList<JsonElement> Log(LogLevel minimum, MetricsScope scope, Action<ILogger> write)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using (var provider = new JsonLineLoggerProvider(output, new FakeTimeProvider(Now), minimum, new MetricsTarget("orders", scope)))
        using (var loggers = new LoggerFactory([provider], new LoggerFilterOptions { MinLevel = LogLevel.Trace }))
            write(loggers.CreateLogger("Load"));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement)];
    }

    [GeneratedRegex("local\\.metric_namespace, metric = \"(\\w+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex OfAlarms();
}
