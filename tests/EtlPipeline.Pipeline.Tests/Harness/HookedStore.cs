using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket during whose first put, or whose first answer about a table's objects, something else happens.</summary>
/// <param name="store">The bucket.</param>
/// <param name="isPut">Whether it happens before a put; else before an object is opened.</param>
/// <param name="prefix">How the key begins.</param>
/// <param name="happenAsync">What happens.</param>
internal sealed class HookedStore(IObjectStore store, bool isPut, string prefix, Func<Task> happenAsync) : StoreDecorator(store)
{
    private int _calls;

    public override async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        if (!isPut) await HappenAsync(key);
        return await base.OpenAsync(key, offset, cancellationToken);
    }

    public override async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        if (isPut) await HappenAsync(key);
        return await base.PutIfAbsentAsync(key, body, metadata, cancellationToken);
    }

    private async Task HappenAsync(string key)
    {
        if (key.StartsWith(prefix, StringComparison.Ordinal) && Interlocked.Increment(ref _calls) == 1) await happenAsync();
    }
}
