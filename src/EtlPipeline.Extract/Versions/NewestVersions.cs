using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Versions;

/// <summary>The versions that a run starts from, by table.</summary>
/// <param name="ingestion">The bucket.</param>
/// <param name="clock">Tells what is recent.</param>
internal sealed class NewestVersions(IObjectStore ingestion, TimeProvider clock)
{
    private readonly VersionListing _rows = new(ingestion, ObjectForm.Rows, clock);
    private readonly VersionListing _deletedRows = new(ingestion, ObjectForm.DeletedRows, clock);
    private readonly Dictionary<TableName, NewestVersion?> _found = [];

    /// <summary>The newest version of a table that was looked for; null where it has none.</summary>
    public NewestVersion? this[TableName table] => _found[table];

    /// <summary>Whether a table was looked for, and the bucket answered.</summary>
    public bool AreKnown(TableName table) => _found.ContainsKey(table);

    /// <summary>Looks for the newest version of a table. Several tables may be looked for at once.</summary>
    /// <exception cref="ObjectStoreException">The bucket does not answer.</exception>
    public async Task<NewestVersion?> FindAsync(TableName table, CancellationToken cancellationToken)
    {
        if (await _rows.FindNewestAsync(table, cancellationToken) is not { } version) return null;
        var key = new VersionKey(table, version);
        var description = await ingestion.DescribeAsync(key.Rows, cancellationToken);
        return new NewestVersion(key, description is null ? null : IngestionMetadata.Read(description.Metadata));
    }

    /// <summary>Notes what was found; null where the table has no version.</summary>
    public void Add(TableName table, NewestVersion? version) => _found.Add(table, version);

    /// <summary>The stamp of a run: its snapshot's time, or what follows the newest stamp of any table where that is greater.</summary>
    public async Task<TableVersion> NextStampAsync(DateTimeOffset takenAt, CancellationToken cancellationToken)
    {
        var stamp = new TableVersion(takenAt);
        var newest = _found.Values.Max(found => found?.Version);
        if (newest is null || newest < stamp) return stamp;

        // The clock is behind. A run may have died between its deleted rows and their version, so these stamps are taken too.
        foreach (var table in _found.Keys)
        {
            if (await _deletedRows.FindNewestAsync(table, cancellationToken) is { } deleted) newest = TableVersion.Newest(newest.Value, deleted);
        }

        return newest.Value.Next;
    }
}
