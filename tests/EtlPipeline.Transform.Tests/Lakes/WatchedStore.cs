using EtlPipeline.Core.Lake;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>A bucket that counts what is read of each key, and in which order keys are written; a test may step in before a call.</summary>
public sealed class WatchedStore(IObjectStore store) : IObjectStore
{
    private readonly Dictionary<string, long> _bytesRead = [];
    private readonly List<string> _puts = [];

    public string Name => store.Name;

    public IReadOnlyList<string> Puts => _puts;

    public Action<string> BeforeOpen { get; set; } = _ => { };

    public Func<string, Task> BeforePut { get; set; } = _ => Task.CompletedTask;

    public long BytesRead(string key) => _bytesRead.GetValueOrDefault(key);

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) => store.DescribeAsync(key, cancellationToken);

    public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        BeforeOpen(key);
        var stored = await store.OpenAsync(key, offset, cancellationToken);
        if (stored is { }) _bytesRead[key] = _bytesRead.GetValueOrDefault(key) + Math.Max(0, stored.Description.Size - offset);
        return stored;
    }

    public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        await BeforePut(key);
        lock (_puts) _puts.Add(key);
        return await store.PutIfAbsentAsync(key, body, metadata, cancellationToken);
    }

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => store.ReplaceAsync(key, body, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, cancellationToken);
}
