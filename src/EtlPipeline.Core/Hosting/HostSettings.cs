using EtlPipeline.Core.Settings;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>What every function asks for, whatever its stage is.</summary>
public sealed record HostSettings
{
    private static readonly (string, LogLevel)[] Levels =
        [.. Enum.GetValues<LogLevel>().Where(level => level != LogLevel.None).Select(level => (level.ToString(), level))];

    private static readonly (string, MetricsScope)[] Scopes = [.. Enum.GetValues<MetricsScope>().Select(scope => (scope.ToString(), scope))];

    /// <summary>The lowest level that is logged (<c>LOG_LEVEL</c>); information by default.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>What metrics are made (<c>PIPELINE_NAME</c>, <c>METRICS</c>).</summary>
    public required MetricsTarget Metrics { get; init; }

    /// <summary>Reads the settings; a malformed one is its default, and the reader's fault.</summary>
    public static HostSettings Read(SettingsReader settings) => new()
    {
        LogLevel = settings.Optional(
            "LOG_LEVEL", "Trace, Debug, Information, Warning, Error or Critical", LogLevel.Information, SettingFormat.Choice(Levels)),
        Metrics = new MetricsTarget(
            settings.Optional("PIPELINE_NAME", "the pipeline's name among the metrics, of at most 100 letters, digits, - and _", "etl", Name),
            settings.Optional("METRICS", "alarms for the metrics that alarms look at, stages for all of each stage, or tables for those of each table, too", MetricsScope.Alarms, SettingFormat.Choice(Scopes))),
    };

    private static string Name(string text) => text.Length <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        ? text
        : throw new SettingFormatException();
}
