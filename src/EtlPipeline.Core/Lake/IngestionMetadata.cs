using System.Globalization;

namespace EtlPipeline.Core.Lake;

/// <summary>
/// What Extract writes beside a version of a source table, in the same atomic put: what the version holds, and what the source looked like
/// when it was taken.
/// </summary>
public sealed record IngestionMetadata
{
    private const string CurrentFormat = "1";

    /// <summary>Where the rows come from.</summary>
    public required SourceKind Source { get; init; }

    /// <summary>The id of the invocation that wrote the version.</summary>
    public required string Run { get; init; }

    /// <summary>How many rows the version holds.</summary>
    public required long Rows { get; init; }

    /// <summary>How many of the last rows are new or changed.</summary>
    public required long Changed { get; init; }

    /// <summary>The byte at which the changed rows begin.</summary>
    public required long ChangedFrom { get; init; }

    /// <summary>The version that this one was made from; null on the first, and on one that was written from scratch.</summary>
    public TableVersion? Previous { get; init; }

    /// <summary>The version of the look-up table that this one goes with; null for a table without one.</summary>
    public TableVersion? LookUp { get; init; }

    /// <summary>How many rows have vanished since <see cref="Previous"/>; they lie in the object of deleted rows.</summary>
    public long Deleted { get; init; }

    /// <summary>The source's clock when the snapshot was taken, in UTC.</summary>
    public required DateTimeOffset ExtractedAt { get; init; }

    /// <summary>The oldest transaction that was in flight at the snapshot.</summary>
    public required ulong SnapshotXmin { get; init; }

    /// <summary>The next transaction id at the snapshot.</summary>
    public required ulong SnapshotXmax { get; init; }

    /// <summary>What tells one life of one server from another.</summary>
    public required string Server { get; init; }

    /// <summary>A hash of the table's form in the catalog.</summary>
    public required string Shape { get; init; }

    /// <summary>When all rows were last compared, by the source's clock, in UTC.</summary>
    public required DateTimeOffset FullAt { get; init; }

    /// <summary>Reads the metadata of an object; null where it is missing, or any part of it damaged.</summary>
    public static IngestionMetadata? Read(ObjectMetadata metadata)
    {
        var reader = new MetadataReader(metadata);
        if (metadata["format"] != CurrentFormat) return null;
        var read = new IngestionMetadata
        {
            Source = reader.Read("source", SourceKind.Parse),
            Run = reader.Read("run", text => text),
            Rows = reader.Read("rows", Count),
            Changed = reader.Read("changed", Count),
            ChangedFrom = reader.Read("changed-from", Count),
            Previous = reader.ReadOptional("previous", TableVersion.Parse),
            LookUp = reader.ReadOptional("lookup", TableVersion.Parse),
            Deleted = reader.Read("deleted", Count),
            ExtractedAt = reader.Read("extracted-at", Instant),
            SnapshotXmin = reader.Read("snapshot-xmin", TransactionId),
            SnapshotXmax = reader.Read("snapshot-xmax", TransactionId),
            Server = reader.Read("server", text => text),
            Shape = reader.Read("shape", text => text),
            FullAt = reader.Read("full-at", Instant),
        };
        return reader.IsDamaged || read.Changed > read.Rows ? null : read;
    }

    /// <summary>The metadata as an object carries it.</summary>
    public ObjectMetadata ToObjectMetadata() => new()
    {
        { "format", CurrentFormat },
        { "source", Source.ToString() },
        { "run", Run },
        { "rows", Text(Rows) },
        { "changed", Text(Changed) },
        { "changed-from", Text(ChangedFrom) },
        { "previous", Previous?.ToString() },
        { "lookup", LookUp?.ToString() },
        { "deleted", Text(Deleted) },
        { "extracted-at", Text(ExtractedAt) },
        { "snapshot-xmin", Text(SnapshotXmin) },
        { "snapshot-xmax", Text(SnapshotXmax) },
        { "server", Server },
        { "shape", Shape },
        { "full-at", Text(FullAt) },
    };

    private static string Text(IFormattable value) => value is DateTimeOffset instant
        ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
        : value.ToString(null, CultureInfo.InvariantCulture);

    private static long Count(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static ulong TransactionId(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
