
namespace EtlPipeline.Core.Lake;

/// <summary>
/// Finds versions in a bucket by listing a table's folder from a recent moment on, and further back only if nothing was found, so that
/// the cost does not grow with the age of the pipeline.
/// </summary>
/// <param name="store">The bucket.</param>
/// <param name="suffix">How the keys of the objects end that make versions, such as <see cref="VersionKey.RowsSuffix"/>.</param>
/// <param name="clock">Tells what is recent.</param>
public sealed class VersionListing(IObjectStore store, string suffix, TimeProvider clock)
{
    private static readonly TimeSpan[] Windows = [TimeSpan.FromDays(2), TimeSpan.FromDays(40), TimeSpan.FromDays(800)];

    /// <summary>The newest version of a table, or null if it has none at all.</summary>
    public async Task<TableVersion?> FindNewestAsync(TableName table, CancellationToken cancellationToken) =>
        await FindNewestAsync(table, before: null, cancellationToken);

    /// <summary>The newest version that is not newer than <paramref name="limit"/>, or null if there is none.</summary>
    public async Task<TableVersion?> FindNewestNotAfterAsync(TableName table, TableVersion limit, CancellationToken cancellationToken) =>
        await FindNewestAsync(table, limit, cancellationToken);

    /// <summary>The versions newer than <paramref name="after"/> (all, if that is null), oldest first.</summary>
    public async Task<IReadOnlyList<TableVersion>> FindAfterAsync(
        TableName table, TableVersion? after, CancellationToken cancellationToken)
    {
        var versions = await ListAsync(table, after, cancellationToken);
        versions.RemoveAll(version => version <= after);
        versions.Sort();
        return versions;
    }

    private async Task<TableVersion?> FindNewestAsync(TableName table, TableVersion? before, CancellationToken cancellationToken)
    {
        var now = before?.Instant ?? clock.GetUtcNow();
        foreach (var window in Windows)
        {
            if (now < DateTimeOffset.UnixEpoch + window) break;
            if (await NewestAsync(new TableVersion(now - window)) is { } found) return found;
        }

        return await NewestAsync(after: null);

        async Task<TableVersion?> NewestAsync(TableVersion? after)
        {
            var versions = await ListAsync(table, after, cancellationToken);
            if (before is { }) versions.RemoveAll(version => version > before);
            return versions.Count == 0 ? null : versions.Max();
        }
    }

    private async Task<List<TableVersion>> ListAsync(TableName table, TableVersion? after, CancellationToken cancellationToken)
    {
        var versions = new List<TableVersion>();
        var from = after is { } version ? $"{table}/{version}" : null;
        await foreach (var key in store.ListAsync($"{table}/", from, cancellationToken))
        {
            if (VersionKey.TryParse(key, suffix, out var found)) versions.Add(found.Version);
        }

        return versions;
    }
}
