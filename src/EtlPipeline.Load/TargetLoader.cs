using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load;

/// <summary>Brings the pending versions of one table into the warehouse, one by one, in order.</summary>
internal sealed class TargetLoader(
    TableName target, IObjectStore processed, VersionListing listing, Ledger ledger, VersionLoader loader)
{
    private readonly Queue<VersionKey> _pending = [];

    /// <summary>The version that comes next; null where there is none.</summary>
    public VersionKey? Next => _pending.TryPeek(out var version) ? version : null;

    /// <summary>Finds the versions above the highest in the ledger.</summary>
    public async Task FindPendingAsync(CancellationToken cancellationToken)
    {
        var highest = await ledger.FindHighestAsync(target, cancellationToken);
        foreach (var version in await listing.FindAfterAsync(target, highest, cancellationToken))
            _pending.Enqueue(new VersionKey(target, version));
    }

    /// <summary>Loads the version that comes next, or steps over it to a later one that makes up for it.</summary>
    /// <exception cref="UnloadableVersionException">It can't be loaded, and there is no such version yet.</exception>
    public async Task<IReadOnlyList<VersionLoaded>> LoadNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            var loaded = await loader.LoadAsync(_pending.Peek(), [], cancellationToken);
            _pending.Dequeue();
            return loaded;
        }
        catch (UnloadableVersionException)
        {
            if (await StepOverAsync(cancellationToken) is not { } loaded) throw;
            return loaded;
        }
    }

    /// <summary>Loads the first later version that stands by itself and can be loaded, in place of all before it; null where there is none.</summary>
    private async Task<IReadOnlyList<VersionLoaded>?> StepOverAsync(CancellationToken cancellationToken)
    {
        var pending = _pending.ToList();
        for (var index = 1; index < pending.Count; index++)
        {
            if (!await IsWholeAsync(pending[index], cancellationToken)) continue;
            try
            {
                var loaded = await loader.LoadAsync(pending[index], pending[..index], cancellationToken);
                for (var done = 0; done <= index; done++) _pending.Dequeue();
                return loaded;
            }
            catch (UnloadableVersionException)
            {
                // Not this one either: the error that is reported is that of the version that everything waits for.
            }
        }

        return null;
    }

    private async Task<bool> IsWholeAsync(VersionKey version, CancellationToken cancellationToken)
    {
        var description = await processed.DescribeAsync(version.Parquet, cancellationToken);
        return description is { } && ProcessedMetadata.Read(description.Metadata) is { IsWhole: true, IsUnreadable: false };
    }
}
