using EtlPipeline.Core.Lake;

namespace EtlPipeline.Soak.Pipelines;

/// <summary>Finds what was written to a bucket since it was last looked into, for the events that S3 would have sent.</summary>
/// <param name="bucket">The bucket.</param>
/// <param name="folders">The tables that it has folders of.</param>
internal sealed class NewObjects(IObjectStore bucket, IEnumerable<TableName> folders)
{
    private readonly Dictionary<string, string?> _last = folders.ToDictionary(table => $"{table}/", _ => (string?)null);

    /// <summary>The keys, folder by folder.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var (folder, last) in _last)
        {
            var keys = await bucket.ListAsync(folder, last, cancellationToken).ToListAsync(cancellationToken);
            if (keys.Count > 0) _last[folder] = keys[^1];
            found.AddRange(keys);
        }

        return found;
    }
}
