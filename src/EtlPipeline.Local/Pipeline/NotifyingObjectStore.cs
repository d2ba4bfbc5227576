using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.Pipeline;

/// <summary>A bucket that sends a notification for every object that is written to it, as S3 does.</summary>
/// <param name="store">The bucket.</param>
/// <param name="notifications">Where they go.</param>
internal sealed class NotifyingObjectStore(IObjectStore store, NotificationQueue notifications) : IObjectStore
{
    public string Name => store.Name;

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) =>
        store.DescribeAsync(key, cancellationToken);

    public Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
        store.OpenAsync(key, offset, cancellationToken);

    public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var isWritten = await store.PutIfAbsentAsync(key, body, metadata, cancellationToken);
        if (isWritten) notifications.Notify(Name, key);
        return isWritten;
    }

    public async Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken)
    {
        await store.ReplaceAsync(key, body, cancellationToken);
        notifications.Notify(Name, key);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, cancellationToken);
}
