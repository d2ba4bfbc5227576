using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class MetadataTests
{
    private static readonly TableVersion Version = TableVersion.Parse("2026-11-23_12-45-03-123456");

    private static readonly VersionMetadata Ingested = new()
    {
        Kind = VersionKind.Chunk,
        Reason = VersionReason.Round,
        Source = SourceKind.Oltp,
        Run = "run-1",
        RunStamp = Version,
        Rows = 7,
        Previous = Version,
        ExtractedAt = Version.Instant,
        SnapshotXmin = ulong.MaxValue,
        SnapshotXmax = 8,
        Wal = 9,
        Server = "1/2/3",
        Shape = "abc",
        Key = "id:integer",
        Content = "7 8",
        OldestRead = Version,
        Verified = Version,
        IsComplete = true,
    };

    private static readonly ParquetMetadata Processed = new()
    {
        Kind = VersionKind.Changes,
        Reason = VersionReason.Changed,
        Source = SourceKind.Sample,
        RunStamp = Version,
        ExtractedAt = Version.Instant,
        Previous = Version,
        Rows = 5,
        Rejected = 2,
        OldestRead = Version,
        Verified = Version,
        IsComplete = true,
        IsAccepted = true,
        IsUnreadable = true,
        IsSegmented = true,
        Mapping = "m",
        Sha256 = "s",
    };

    [Fact]
    public void Metadata_read_back_as_they_were_written()
    {
        Assert.Equal(Ingested, VersionMetadata.Read(Ingested.ToObjectMetadata()));
        Assert.Equal(Processed, ParquetMetadata.Read(Processed.ToObjectMetadata()));
    }

    [Fact]
    public void What_may_be_missing_reads_back_as_missing()
    {
        var first = Ingested with { Previous = null, Wal = null, Content = null, OldestRead = null, Verified = null };
        Assert.Equal(first, VersionMetadata.Read(first.ToObjectMetadata()));
        var calendar = Processed with { Source = null, Previous = null, OldestRead = null, Verified = null };
        Assert.Equal(calendar, ParquetMetadata.Read(calendar.ToObjectMetadata()));
    }

    [Fact]
    public void Metadata_stay_below_what_s3_takes() =>
        Assert.InRange(Ingested.ToObjectMetadata().Sum(pair => pair.Key.Length + pair.Value.Length), 1, 1500);

    public static TheoryData<string, string?> Damage => new()
    {
        { "format", null }, { "format", "1" }, { "format", "3" }, { "kind", "whole" }, { "reason", "because" }, { "run-stamp", "yesterday" }, { "rows", "-1" }, { "rows", null },
        { "extracted-at", "now" }, { "complete", "yes" }, { "previous", "before" }, { "oldest-read", "" }, { "source", "file" },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void Damaged_metadata_are_none(string name, string? value)
    {
        Assert.Null(VersionMetadata.Read(With(Ingested.ToObjectMetadata(), name, value)));
        Assert.Null(ParquetMetadata.Read(With(Processed.ToObjectMetadata(), name, value)));
    }

    [Fact]
    public void Every_reason_has_a_word_of_its_own() =>
        Assert.All(Enum.GetValues<VersionReason>(), reason => Assert.Equal(reason, VersionTerms.ParseReason(reason.ToText())));

    private static ObjectMetadata With(ObjectMetadata metadata, string name, string? value)
    {
        var changed = new ObjectMetadata();
        foreach (var (key, text) in metadata) changed.Add(key, key == name ? value : text);
        return changed;
    }
}
