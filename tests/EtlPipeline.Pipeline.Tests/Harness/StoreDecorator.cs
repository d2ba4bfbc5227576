using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket that does what another one does; a test overrides what it wants otherwise.</summary>
internal abstract class StoreDecorator(IObjectStore store) : IObjectStore
{
    public string Name => store.Name;

    public virtual Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) => store.DescribeAsync(key, cancellationToken);

    public virtual Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) => store.OpenAsync(key, offset, cancellationToken);

    public virtual Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        store.PutIfAbsentAsync(key, body, metadata, cancellationToken);

    public virtual Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => store.ReplaceAsync(key, body, cancellationToken);

    public virtual IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, cancellationToken);
}
