using System.Runtime.CompilerServices;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

/// <summary>Counts what listing a bucket costs: the calls, and the keys that they bring.</summary>
internal sealed class CountingObjectStore(IObjectStore store) : IObjectStore
{
    public int Listings { get; private set; }

    public int Keys { get; private set; }

    public string Name => store.Name;

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) =>
        store.DescribeAsync(key, cancellationToken);

    public Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
        store.OpenAsync(key, offset, cancellationToken);

    public Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        store.PutIfAbsentAsync(key, body, metadata, cancellationToken);

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) =>
        store.ReplaceAsync(key, body, cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(
        string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Listings++;
        await foreach (var key in store.ListAsync(prefix, after, cancellationToken))
        {
            Keys++;
            yield return key;
        }
    }
}
