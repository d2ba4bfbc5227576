using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Versions;

/// <summary>The version of a table that a run starts from.</summary>
/// <param name="Key">Table and version.</param>
/// <param name="Metadata">What its writer said of it; null where that is missing or damaged.</param>
internal sealed record NewestVersion(VersionKey Key, IngestionMetadata? Metadata)
{
    public TableVersion Version => Key.Version;
}
