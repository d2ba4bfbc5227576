using System.Collections.Concurrent;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket that keeps an event for each object that was written to it, as S3 sends them.</summary>
internal sealed class WatchedStore(IObjectStore store) : IObjectStore
{
    private readonly ConcurrentQueue<CreatedObject> _events = new();

    public string Name => store.Name;

    /// <summary>Takes the events that have come up since the last call.</summary>
    public IReadOnlyList<CreatedObject> TakeEvents()
    {
        var events = new List<CreatedObject>();
        while (_events.TryDequeue(out var created)) events.Add(created);
        return events;
    }

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) => store.DescribeAsync(key, cancellationToken);

    public Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
        store.OpenAsync(key, offset, cancellationToken);

    public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var isWritten = await store.PutIfAbsentAsync(key, body, metadata, cancellationToken);
        if (isWritten) _events.Enqueue(new CreatedObject(store.Name, key));
        return isWritten;
    }

    public async Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken)
    {
        await store.ReplaceAsync(key, body, cancellationToken);
        _events.Enqueue(new CreatedObject(store.Name, key));
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, cancellationToken);
}
