using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket before each of whose calls something is told, or happens.</summary>
internal sealed class CountingStore(IObjectStore store, Func<Task> callAsync) : IObjectStore
{
    public string Name => store.Name;

    public async Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        await callAsync();
        return await store.DescribeAsync(key, cancellationToken);
    }

    public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        await callAsync();
        return await store.OpenAsync(key, offset, cancellationToken);
    }

    public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        await callAsync();
        return await store.PutIfAbsentAsync(key, body, metadata, cancellationToken);
    }

    public async Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken)
    {
        await callAsync();
        await store.ReplaceAsync(key, body, cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(
        string prefix, string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await callAsync();
        await foreach (var key in store.ListAsync(prefix, after, cancellationToken)) yield return key;
    }
}
