using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Targets;

namespace EtlPipeline.Local.Pipeline;

/// <summary>The settings of the three functions in one process.</summary>
/// <param name="Extract">Those of Extract.</param>
/// <param name="Transform">Those of Transform.</param>
/// <param name="Load">Those of Load.</param>
internal sealed record PipelineSettings(ExtractSettings Extract, TransformSettings Transform, LoadSettings Load)
{
    /// <summary>Whether this is the demo's pipeline.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The targets, without those of tables that are carried as they are.</summary>
    public TargetList Targets => TargetCatalogue.List.Without(Extract.CopiedTables);

    /// <summary>Where everything is, on one line: source, buckets and warehouse. Every command shows it, so that nobody mistakes one pipeline for another.</summary>
    public string Places => string.Concat(
        Extract.Oltp is { } oltp ? Name(oltp) : "sample data",
        $" → {Extract.IngestionBucket} → {Load.ProcessedBucket} → {Name(Load.Warehouse)}",
        IsDemo ? " (demo)" : string.Empty);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidSettingsException">One is missing or malformed; the exception names all of them.</exception>
    public static PipelineSettings Read(SettingsReader settings)
    {
        var read = new PipelineSettings(ExtractSettings.Read(settings), TransformSettings.Read(settings), LoadSettings.Read(settings));
        settings.ThrowIfInvalid();
        return read;
    }

    /// <summary>The source database; null if generated sample tables are the source.</summary>
    public PostgreSqlDatabase? OpenSource(SessionOptions? limits = null) =>
        Extract.Oltp is { } oltp ? new PostgreSqlDatabase(oltp, limits ?? new SessionOptions()) : null;

    /// <summary>The warehouse.</summary>
    public PostgreSqlDatabase OpenWarehouse(SessionOptions? limits = null) => new(Load.Warehouse, limits ?? new SessionOptions());

    private static string Name(DatabaseSettings database) => $"{database.Database} on {database.Host}:{database.Port}{Schema(database)}";

    private static string Schema(DatabaseSettings database) => database.Schema == "public" ? string.Empty : $", schema {database.Schema}";
}
