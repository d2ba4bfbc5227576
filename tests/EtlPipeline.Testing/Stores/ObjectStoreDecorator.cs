using EtlPipeline.Core.Lake;

namespace EtlPipeline.Testing.Stores;

/// <summary>A bucket that does as another one does; what derives from it changes the calls that a test is about.</summary>
/// <param name="inner">The other bucket.</param>
public abstract class ObjectStoreDecorator(IObjectStore inner) : IObjectStore
{
    /// <summary>The bucket that is decorated.</summary>
    public IObjectStore Inner => inner;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public virtual Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) => inner.DescribeAsync(key, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
        inner.OpenAsync(key, offset, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(key, body, metadata, cancellationToken);

    /// <inheritdoc/>
    public virtual Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => inner.ReplaceAsync(key, body, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, after, cancellationToken);
}
