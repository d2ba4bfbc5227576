using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Transform.Ingestion;

/// <summary>A version of a source table, as it lies in the ingestion bucket.</summary>
internal sealed class IngestedVersion
{
    private readonly IObjectStore _bucket;

    private IngestedVersion(IObjectStore bucket, VersionKey key, IngestionMetadata? metadata) =>
        (_bucket, Key, Metadata) = (bucket, key, metadata);

    public VersionKey Key { get; }

    public TableVersion Version => Key.Version;

    /// <summary>What Extract wrote beside it; null where that is missing or damaged. The version is valid all the same.</summary>
    public IngestionMetadata? Metadata { get; }

    /// <summary>Finds a version.</summary>
    /// <exception cref="PipelineException">It is gone.</exception>
    public static async Task<IngestedVersion> FindAsync(IObjectStore bucket, VersionKey key, CancellationToken cancellationToken)
    {
        var description = await bucket.DescribeAsync(key.Rows, cancellationToken) ?? throw Missing(bucket, key);
        return new IngestedVersion(bucket, key, IngestionMetadata.Read(description.Metadata));
    }

    /// <summary>Says that a version is not there.</summary>
    public static PipelineException Missing(IObjectStore bucket, VersionKey key) => new(
        $"Bucket {bucket.Name} has no object '{key.Rows}' although there was one a moment ago: it was deleted before it was transformed. "
        + "The table's next version brings its rows.");

    /// <summary>Opens the body, from a byte on.</summary>
    /// <exception cref="PipelineException">It is gone.</exception>
    public async Task<StoredObject> OpenRowsAsync(long offset, CancellationToken cancellationToken) =>
        await _bucket.OpenAsync(Key.Rows, offset, cancellationToken) ?? throw Missing(_bucket, Key);

    /// <summary>Opens the rows that vanished with this version, or returns null where there is no such object.</summary>
    public Task<StoredObject?> OpenDeletedRowsAsync(CancellationToken cancellationToken) =>
        _bucket.OpenAsync(Key.DeletedRows, 0, cancellationToken);
}
