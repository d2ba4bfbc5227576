using System.Runtime.CompilerServices;
using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Stores;

namespace EtlPipeline.Core.Tests.Lake;

/// <summary>Counts what listing a bucket costs: the calls, and the keys that they bring.</summary>
internal sealed class CountingObjectStore(IObjectStore store) : ObjectStoreDecorator(store)
{
    public int Listings { get; private set; }

    public int Keys { get; private set; }

    public override async IAsyncEnumerable<string> ListAsync(
        string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Listings++;
        await foreach (var key in Inner.ListAsync(prefix, after, cancellationToken))
        {
            Keys++;
            yield return key;
        }
    }
}
