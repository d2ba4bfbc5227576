using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Stores;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>A bucket that counts what is read of each key, and in which order keys are written; a test may step in before a call.</summary>
public sealed class WatchedStore(IObjectStore store) : ObjectStoreDecorator(store)
{
    private readonly Dictionary<string, long> _bytesRead = [];
    private readonly List<string> _puts = [];

    public IReadOnlyList<string> Puts => _puts;

    public Action<string> BeforeOpen { get; set; } = _ => { };

    public Func<string, Task> BeforePut { get; set; } = _ => Task.CompletedTask;

    public long BytesRead(string key) => _bytesRead.GetValueOrDefault(key);

    public override async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        BeforeOpen(key);
        var stored = await base.OpenAsync(key, offset, cancellationToken);
        if (stored is { }) _bytesRead[key] = _bytesRead.GetValueOrDefault(key) + Math.Max(0, stored.Description.Size - offset);
        return stored;
    }

    public override async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        await BeforePut(key);
        lock (_puts) _puts.Add(key);
        return await base.PutIfAbsentAsync(key, body, metadata, cancellationToken);
    }
}
