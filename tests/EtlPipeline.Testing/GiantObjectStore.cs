using EtlPipeline.Core.Lake;

namespace EtlPipeline.Testing;

/// <summary>A bucket one of whose objects is too large to lie anywhere: its body is made while it is read.</summary>
/// <param name="inner">The bucket with everything else, and the object's metadata.</param>
/// <param name="giant">The object's key.</param>
/// <param name="openBody">Begins its body.</param>
public sealed class GiantObjectStore(IObjectStore inner, string giant, Func<Stream> openBody) : IObjectStore
{
    public string Name => inner.Name;

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) =>
        inner.DescribeAsync(key, cancellationToken);

    public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        var stored = await inner.OpenAsync(key, offset, cancellationToken);
        if (stored is null || key != giant) return stored;
        await stored.DisposeAsync();
        return new StoredObject(stored.Description, openBody());
    }

    public Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(key, body, metadata, cancellationToken);

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => inner.ReplaceAsync(key, body, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, after, cancellationToken);
}
