namespace EtlPipeline.Core.Lake;

/// <summary>
/// What Transform writes beside a version of a warehouse table. What the source's version says is handed on in the target's terms; the
/// range of a chunk and the target's description lie in the Parquet file's own key-value metadata (<see cref="ParquetKeys"/>).
/// </summary>
public sealed record ParquetMetadata
{
    /// <summary>What the version holds.</summary>
    public required VersionKind Kind { get; init; }

    /// <summary>Why it was written.</summary>
    public required VersionReason Reason { get; init; }

    /// <summary>Where the rows come from; null for a target that has no source table.</summary>
    public SourceKind? Source { get; init; }

    /// <summary>The stamp of the run's snapshot.</summary>
    public required TableVersion RunStamp { get; init; }

    /// <summary>The source's clock when the snapshot was taken, in UTC.</summary>
    public required DateTimeOffset ExtractedAt { get; init; }

    /// <summary>The version before this one; null if it is the first.</summary>
    public TableVersion? Previous { get; init; }

    /// <summary>How many good rows the Parquet file holds.</summary>
    public required long Rows { get; init; }

    /// <summary>How many rows could not be transformed. They are in the file too, with their key and the reason alone.</summary>
    public required long Rejected { get; init; }

    /// <summary>The oldest version that holds a segment of the table; null if a segment was never read.</summary>
    public TableVersion? OldestRead { get; init; }

    /// <summary>Since when every row has been compared with the source; null if a segment was never read.</summary>
    public TableVersion? Verified { get; init; }

    /// <summary>Whether no segment of the table is unknown or due.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Whether an event has accepted deletes.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether the source's version, or its look-up, could not be read: this one is empty, and counts as missing.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Whether the table has more than one segment in the source.</summary>
    public bool IsSegmented { get; init; }

    /// <summary>A hash of the target's source file.</summary>
    public required string Mapping { get; init; }

    /// <summary>The SHA-256 of the Parquet file, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads the metadata of an object; null if it is missing, of another format, or any part of it damaged.</summary>
    public static ParquetMetadata? Read(ObjectMetadata metadata)
    {
        var reader = new MetadataReader(metadata);
        if (metadata["format"] != VersionMetadata.CurrentFormat) return null;
        var read = new ParquetMetadata
        {
            Kind = reader.Read("kind", VersionTerms.ParseKind),
            Reason = reader.Read("reason", VersionTerms.ParseReason),
            Source = metadata["source"] is null ? null : reader.Read("source", SourceKind.Parse),
            RunStamp = reader.Read("run-stamp", TableVersion.Parse),
            ExtractedAt = reader.Read("extracted-at", MetadataText.Instant),
            Previous = reader.ReadOptional("previous", TableVersion.Parse),
            Rows = reader.Read("rows", MetadataText.Count),
            Rejected = reader.Read("rejected", MetadataText.Count),
            OldestRead = reader.ReadOptional("oldest-read", TableVersion.Parse),
            Verified = reader.ReadOptional("verified", TableVersion.Parse),
            IsComplete = reader.Read("complete", bool.Parse),
            IsAccepted = reader.Read("accepted", bool.Parse),
            IsUnreadable = reader.Read("unreadable", bool.Parse),
            IsSegmented = reader.Read("segmented", bool.Parse),
            Mapping = reader.Read("mapping", text => text),
            Sha256 = reader.Read("sha-256", text => text),
        };
        return reader.IsDamaged ? null : read;
    }

    /// <summary>The metadata as an object carries it.</summary>
    public ObjectMetadata ToObjectMetadata() => new()
    {
        { "format", VersionMetadata.CurrentFormat },
        { "kind", Kind.ToText() },
        { "reason", Reason.ToText() },
        { "source", Source?.ToString() },
        { "run-stamp", RunStamp.ToString() },
        { "extracted-at", MetadataText.Of(ExtractedAt) },
        { "previous", Previous?.ToString() },
        { "rows", MetadataText.Of(Rows) },
        { "rejected", MetadataText.Of(Rejected) },
        { "oldest-read", OldestRead?.ToString() },
        { "verified", Verified?.ToString() },
        { "complete", MetadataText.Of(IsComplete) },
        { "accepted", MetadataText.Of(IsAccepted) },
        { "unreadable", MetadataText.Of(IsUnreadable) },
        { "segmented", MetadataText.Of(IsSegmented) },
        { "mapping", Mapping },
        { "sha-256", Sha256 },
    };
}

/// <summary>The names in a Parquet file's key-value metadata, and the columns that Transform adds to a target's own.</summary>
public static class ParquetKeys
{
    /// <summary>The JSON of the <see cref="TargetDescription"/>.</summary>
    public const string Target = "etl.target";

    /// <summary>A JSON array of texts: what lies below a chunk's range, in the terms of the target's key. Missing if nothing does.</summary>
    public const string From = "etl.from";

    /// <summary>A JSON array of texts: the highest key of a chunk's range. Missing if the range has no upper end.</summary>
    public const string To = "etl.to";

    /// <summary>
    /// <c>told</c> if <see cref="From"/> and <see cref="To"/> are the chunk's range in the target's key; <c>untold</c> if that key can't tell it.
    /// Missing for changes.
    /// </summary>
    public const string Range = "etl.range";

    /// <summary>The column with the reason why a row was rejected; null for a good row. All other columns but the key's are null in a rejected row.</summary>
    public const string RejectedColumn = "rejected";
}
