using System.Collections.Concurrent;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket that keeps an event for each object that was written to it, as S3 sends them.</summary>
internal sealed class WatchedStore(IObjectStore store) : StoreDecorator(store)
{
    private readonly ConcurrentQueue<CreatedObject> _events = new();

    /// <summary>Takes the events that have come up since the last call.</summary>
    public IReadOnlyList<CreatedObject> TakeEvents()
    {
        var events = new List<CreatedObject>();
        while (_events.TryDequeue(out var created)) events.Add(created);
        return events;
    }

    public override async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var isWritten = await base.PutIfAbsentAsync(key, body, metadata, cancellationToken);
        if (isWritten) _events.Enqueue(new CreatedObject(Name, key));
        return isWritten;
    }

    public override async Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken)
    {
        await base.ReplaceAsync(key, body, cancellationToken);
        _events.Enqueue(new CreatedObject(Name, key));
    }
}
