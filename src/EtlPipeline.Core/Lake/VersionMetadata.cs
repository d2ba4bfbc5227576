using System.Globalization;

namespace EtlPipeline.Core.Lake;

/// <summary>
/// What Extract writes beside a version of a source table, in the same atomic put: what the version holds, and what the source looked like
/// when its snapshot was taken. It says what is true once the version is there. What may be longer lies in the <see cref="SegmentsObject"/>.
/// </summary>
public sealed record VersionMetadata
{
    /// <summary>The format that this software writes and reads.</summary>
    public const string CurrentFormat = "2";

    /// <summary>What the version holds.</summary>
    public required VersionKind Kind { get; init; }

    /// <summary>Why it was written.</summary>
    public required VersionReason Reason { get; init; }

    /// <summary>Where the rows come from.</summary>
    public required SourceKind Source { get; init; }

    /// <summary>The id of the invocation that wrote the version.</summary>
    public required string Run { get; init; }

    /// <summary>The stamp of the run's snapshot: one for all versions of the run.</summary>
    public required TableVersion RunStamp { get; init; }

    /// <summary>How many rows the version holds.</summary>
    public required long Rows { get; init; }

    /// <summary>The table's version before this one; null if it is the first.</summary>
    public TableVersion? Previous { get; init; }

    /// <summary>The source's clock when the snapshot was taken, in UTC.</summary>
    public required DateTimeOffset ExtractedAt { get; init; }

    /// <summary>The oldest transaction that was in flight at the snapshot.</summary>
    public required ulong SnapshotXmin { get; init; }

    /// <summary>The next transaction id at the snapshot.</summary>
    public required ulong SnapshotXmax { get; init; }

    /// <summary>The position in the write-ahead log, read after the snapshot, in bytes; null if the source has none.</summary>
    public ulong? Wal { get; init; }

    /// <summary>What tells one life of one server from another: system identifier, database oid, start and crash marker.</summary>
    public required string Server { get; init; }

    /// <summary>A hash of the table's form in the catalog.</summary>
    public required string Shape { get; init; }

    /// <summary>The table's key, as <see cref="TableKey.ToString"/> writes it.</summary>
    public required string Key { get; init; }

    /// <summary>Count and sum of row hashes of a relation without transaction ids; null for a table.</summary>
    public string? Content { get; init; }

    /// <summary>The oldest <see cref="Segment.Read"/>; null if a segment was never read.</summary>
    public TableVersion? OldestRead { get; init; }

    /// <summary>The oldest <see cref="Segment.Since"/>; null if a segment was never read.</summary>
    public TableVersion? Verified { get; init; }

    /// <summary>Whether no segment is unknown or due.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Reads the metadata of an object; null if it is missing, of another format, or any part of it damaged.</summary>
    public static VersionMetadata? Read(ObjectMetadata metadata)
    {
        var reader = new MetadataReader(metadata);
        if (metadata["format"] != CurrentFormat) return null;
        var read = new VersionMetadata
        {
            Kind = reader.Read("kind", VersionTerms.ParseKind),
            Reason = reader.Read("reason", VersionTerms.ParseReason),
            Source = reader.Read("source", SourceKind.Parse),
            Run = reader.Read("run", text => text),
            RunStamp = reader.Read("run-stamp", TableVersion.Parse),
            Rows = reader.Read("rows", MetadataText.Count),
            Previous = reader.ReadOptional("previous", TableVersion.Parse),
            ExtractedAt = reader.Read("extracted-at", MetadataText.Instant),
            SnapshotXmin = reader.Read("snapshot-xmin", MetadataText.Number),
            SnapshotXmax = reader.Read("snapshot-xmax", MetadataText.Number),
            Wal = reader.ReadOptional("wal", MetadataText.Number),
            Server = reader.Read("server", text => text),
            Shape = reader.Read("shape", text => text),
            Key = reader.Read("key", text => text),
            Content = metadata["content"],
            OldestRead = reader.ReadOptional("oldest-read", TableVersion.Parse),
            Verified = reader.ReadOptional("verified", TableVersion.Parse),
            IsComplete = reader.Read("complete", bool.Parse),
        };
        return reader.IsDamaged ? null : read;
    }

    /// <summary>The metadata as an object carries it; below 1.5 KB.</summary>
    public ObjectMetadata ToObjectMetadata() => new()
    {
        { "format", CurrentFormat },
        { "kind", Kind.ToText() },
        { "reason", Reason.ToText() },
        { "source", Source.ToString() },
        { "run", Run },
        { "run-stamp", RunStamp.ToString() },
        { "rows", MetadataText.Of(Rows) },
        { "previous", Previous?.ToString() },
        { "extracted-at", MetadataText.Of(ExtractedAt) },
        { "snapshot-xmin", MetadataText.Of(SnapshotXmin) },
        { "snapshot-xmax", MetadataText.Of(SnapshotXmax) },
        { "wal", Wal is { } wal ? MetadataText.Of(wal) : null },
        { "server", Server },
        { "shape", Shape },
        { "key", Key },
        { "content", Content },
        { "oldest-read", OldestRead?.ToString() },
        { "verified", Verified?.ToString() },
        { "complete", MetadataText.Of(IsComplete) },
    };
}

/// <summary>How values stand in metadata.</summary>
internal static class MetadataText
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Of(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    public static long Count(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(
        text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
