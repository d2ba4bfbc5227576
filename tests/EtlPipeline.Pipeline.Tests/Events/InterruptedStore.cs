using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Events;

/// <summary>A bucket during whose first answer about a table's objects something else happens.</summary>
internal sealed class InterruptedStore(IObjectStore store, string prefix, Func<Task> interruptAsync) : IObjectStore
{
    private int _answers;

    public string Name => store.Name;

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) => store.DescribeAsync(key, cancellationToken);

    public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        if (key.StartsWith(prefix, StringComparison.Ordinal) && Interlocked.Increment(ref _answers) == 1) await interruptAsync();
        return await store.OpenAsync(key, offset, cancellationToken);
    }

    public Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        store.PutIfAbsentAsync(key, body, metadata, cancellationToken);

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => store.ReplaceAsync(key, body, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefixOfKeys, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(prefixOfKeys, after, cancellationToken);
}
