using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Comparison;

namespace EtlPipeline.Extract;

/// <summary>A table that was read and compared, and whose version, if there is to be one, only has to be put into the bucket.</summary>
/// <param name="Key">Table and version.</param>
/// <param name="Draft">Its rows.</param>
/// <param name="Metadata">What is put beside them.</param>
/// <param name="IsVersion">Whether the version is to be put; false where nothing has changed.</param>
internal sealed record ExtractedTable(VersionKey Key, VersionDraft Draft, IngestionMetadata Metadata, bool IsVersion) : IAsyncDisposable
{
    /// <summary>How long it took so far.</summary>
    public TimeSpan Elapsed { get; init; }

    public ValueTask DisposeAsync() => Draft.DisposeAsync();
}
