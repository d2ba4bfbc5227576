using System.Globalization;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;

namespace EtlPipeline.Local.SetUp;

/// <summary>Each setting with its value and origin. Secrets are named, never shown.</summary>
internal static class SettingOrigins
{
    /// <summary>The settings of a pipeline: name, value, origin.</summary>
    public static IEnumerable<(string Name, string Value, string Origin)> List(LaunchEnvironment environment, SettingsReader settings, PipelineSettings pipeline)
    {
        yield return Row("WHAT_ENV", "prod");
        yield return Row("IS_OLTP_OK", "True");
        yield return Row("AWS_TABLES_LIST", pipeline.Extract.Tables.ToString());
        yield return Row("AWS_TABLES_EMPTIED", "none");
        yield return Row("AWS_TABLES_COPIED", "none");
        yield return Row("AWS_INGEST_BUCKET", string.Empty);
        yield return Row("AWS_PROCESS_BUCKET", string.Empty);
        foreach (var database in new[] { pipeline.Extract.Oltp, pipeline.Load.Warehouse }.OfType<DatabaseSettings>())
        {
            yield return Row($"{database.Prefix}_DB_HOST", string.Empty);
            yield return Row($"{database.Prefix}_DB_PORT", database.Port.ToString(CultureInfo.InvariantCulture));
            yield return Row($"{database.Prefix}_DB_DB", string.Empty);
            yield return Row($"{database.Prefix}_DB_USER", string.Empty);
            yield return Row($"{database.Prefix}_DB_AUTHENTICATION", "password");
            yield return Row($"{database.Prefix}_DB_PASSWORD", string.Empty) with { Value = "(not shown)" };
            yield return Row($"{database.Prefix}_DB_SSLMODE", "require");
            yield return Row($"{database.Prefix}_DB_SCHEMA", database.Schema);
        }

        (string Name, string Value, string Origin) Row(string name, string defaultValue)
        {
            if (environment.Variable(name) is { } value && !string.IsNullOrWhiteSpace(value)) return (name, value.Trim(), "environment");
            return settings.Optional(name) is { } written ? (name, written, SettingsSource.FileName) : (name, defaultValue, "default");
        }
    }
}
