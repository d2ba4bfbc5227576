using EtlPipeline.Core.Settings;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>What every function asks for, whatever its stage is.</summary>
public sealed record HostSettings
{
    private static readonly (string, LogLevel)[] Levels =
        [.. Enum.GetValues<LogLevel>().Where(level => level != LogLevel.None).Select(level => (level.ToString(), level))];

    /// <summary>The lowest level that is logged (<c>LOG_LEVEL</c>); information by default.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>What metrics are made (<c>PIPELINE_NAME</c>, <c>METRICS_BY_TABLE</c>).</summary>
    public required MetricsTarget Metrics { get; init; }

    /// <summary>Reads the settings; a malformed one is its default, and the reader's fault.</summary>
    public static HostSettings Read(SettingsReader settings) => new()
    {
        LogLevel = settings.Optional(
            "LOG_LEVEL", "Trace, Debug, Information, Warning, Error or Critical", LogLevel.Information, SettingFormat.Choice(Levels)),
        Metrics = new MetricsTarget(
            settings.Optional("PIPELINE_NAME", "the pipeline's name among the metrics, of at most 100 letters, digits, - and _", "etl", Name),
            settings.Optional("METRICS_BY_TABLE", "True for metrics of each table beside those of each stage, or False", false, SettingFormat.Boolean)),
    };

    private static string Name(string text) => text.Length <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        ? text
        : throw new SettingFormatException();
}
