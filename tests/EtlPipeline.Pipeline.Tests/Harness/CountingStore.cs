using System.Runtime.CompilerServices;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket before each of whose calls something happens.</summary>
internal sealed class CountingStore(IObjectStore store, Func<Task> callAsync) : StoreDecorator(store)
{
    public override async Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        await callAsync();
        return await base.DescribeAsync(key, cancellationToken);
    }

    public override async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        await callAsync();
        return await base.OpenAsync(key, offset, cancellationToken);
    }

    public override async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        await callAsync();
        return await base.PutIfAbsentAsync(key, body, metadata, cancellationToken);
    }

    public override async Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken)
    {
        await callAsync();
        await base.ReplaceAsync(key, body, cancellationToken);
    }

    public override async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await callAsync();
        await foreach (var key in base.ListAsync(prefix, after, cancellationToken)) yield return key;
    }
}
