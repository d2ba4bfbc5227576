using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Stores;

namespace EtlPipeline.Pipeline.Tests.Events;

/// <summary>A bucket during whose first answer about a table's objects something else happens.</summary>
internal sealed class InterruptedStore(IObjectStore store, string prefix, Func<Task> interruptAsync) : ObjectStoreDecorator(store)
{
    private int _answers;

    public override async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        if (key.StartsWith(prefix, StringComparison.Ordinal) && Interlocked.Increment(ref _answers) == 1) await interruptAsync();
        return await base.OpenAsync(key, offset, cancellationToken);
    }
}
