using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket during whose first put, or whose first answer about a table's objects, something else happens.</summary>
/// <param name="store">The bucket.</param>
/// <param name="isPut">Whether it happens before a put; else before an object is opened.</param>
/// <param name="prefix">How the key begins.</param>
/// <param name="happenAsync">What happens.</param>
internal sealed class HookedStore(IObjectStore store, bool isPut, string prefix, Func<Task> happenAsync) : IObjectStore
{
    private int _calls;

    public string Name => store.Name;

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) => store.DescribeAsync(key, cancellationToken);

    public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        if (!isPut) await HappenAsync(key);
        return await store.OpenAsync(key, offset, cancellationToken);
    }

    public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        if (isPut) await HappenAsync(key);
        return await store.PutIfAbsentAsync(key, body, metadata, cancellationToken);
    }

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => store.ReplaceAsync(key, body, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefixOfKeys, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(prefixOfKeys, after, cancellationToken);

    private async Task HappenAsync(string key)
    {
        if (key.StartsWith(prefix, StringComparison.Ordinal) && Interlocked.Increment(ref _calls) == 1) await happenAsync();
    }
}
