using System.Runtime.CompilerServices;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>The requests that S3 charges for, at its two prices.</summary>
internal sealed class RequestCount
{
    private int _putOrList;
    private int _get;

    /// <summary>Takes what has come up since the last call.</summary>
    public (int PutOrList, int Get) Take() => (Interlocked.Exchange(ref _putOrList, 0), Interlocked.Exchange(ref _get, 0));

    public void AddPutOrList() => Interlocked.Increment(ref _putOrList);

    public void AddGet() => Interlocked.Increment(ref _get);
}

/// <summary>A bucket whose requests are counted; one for each call, since no folder of a test has more keys than S3 lists at once.</summary>
internal sealed class PricedStore(IObjectStore store, RequestCount count) : StoreDecorator(store)
{
    public override Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        count.AddGet();
        return base.DescribeAsync(key, cancellationToken);
    }

    public override Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        count.AddGet();
        return base.OpenAsync(key, offset, cancellationToken);
    }

    public override Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        count.AddPutOrList();
        return base.PutIfAbsentAsync(key, body, metadata, cancellationToken);
    }

    public override Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken)
    {
        count.AddPutOrList();
        return base.ReplaceAsync(key, body, cancellationToken);
    }

    public override async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        count.AddPutOrList();
        await foreach (var key in base.ListAsync(prefix, after, cancellationToken)) yield return key;
    }
}
