using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket whose versions of source tables say something else of themselves than they do.</summary>
internal sealed class AlteredMetadataStore(IObjectStore store, Func<IngestionMetadata, IngestionMetadata> alter) : IObjectStore
{
    public string Name => store.Name;

    public async Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        var description = await store.DescribeAsync(key, cancellationToken);
        return description is { } && IngestionMetadata.Read(description.Metadata) is { } metadata
            ? description with { Metadata = alter(metadata).ToObjectMetadata() }
            : description;
    }

    public Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
        store.OpenAsync(key, offset, cancellationToken);

    public Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        store.PutIfAbsentAsync(key, body, metadata, cancellationToken);

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => store.ReplaceAsync(key, body, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, cancellationToken);
}
