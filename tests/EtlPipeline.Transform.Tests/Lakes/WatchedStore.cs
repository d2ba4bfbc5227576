using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Stores;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>A bucket that remembers which keys were opened and written, in order; a test may step in before a put.</summary>
public sealed class WatchedStore(IObjectStore store) : ObjectStoreDecorator(store)
{
    private readonly List<string> _opened = [];
    private readonly List<string> _puts = [];

    public IReadOnlyList<string> Opened => _opened;

    public IReadOnlyList<string> Puts => _puts;

    public Func<string, Task> BeforePut { get; set; } = _ => Task.CompletedTask;

    public override Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        lock (_opened) _opened.Add(key);
        return base.OpenAsync(key, offset, cancellationToken);
    }

    public override async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        await BeforePut(key);
        lock (_puts) _puts.Add(key);
        return await base.PutIfAbsentAsync(key, body, metadata, cancellationToken);
    }
}
