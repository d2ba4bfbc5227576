using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class IngestionMetadataTests
{
    private static readonly IngestionMetadata Example = new()
    {
        Source = SourceKind.Oltp,
        Run = "request-1",
        Rows = 1_000_000_000_000,
        Changed = 12,
        ChangedFrom = 987,
        Previous = TableVersion.Parse("2026-11-23_12-40-03-123456"),
        LookUp = TableVersion.Parse("2026-11-20_00-00-00-000000"),
        Deleted = 3,
        ExtractedAt = new DateTimeOffset(2026, 11, 23, 12, 45, 3, TimeSpan.Zero).AddMicroseconds(123_456),
        SnapshotXmin = ulong.MaxValue - 1,
        SnapshotXmax = ulong.MaxValue,
        Server = "7420000000000000000/1/2026-11-01T00:00:00Z",
        Shape = "0f1e2d",
        FullAt = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
    };

    public static TheoryData<string, string> Damages { get; } = new()
    {
        { "format", "2" }, { "format", " 1" },
        { "source", "OLTP" }, { "source", "csv" },
        { "rows", "-1" }, { "rows", "1,000" }, { "rows", "1e3" }, { "rows", "99999999999999999999" }, { "rows", "" }, { "rows", " 7" },
        { "changed", "1000000000001" }, { "changed", "x" },
        { "changed-from", "1.5" },
        { "deleted", "-3" },
        { "previous", "yesterday" }, { "lookup", "2026-11-20" },
        { "extracted-at", "2026-11-23T12:45:03Z" }, { "extracted-at", "2026-11-23T12:45:03.123456+00:00" }, { "extracted-at", "" },
        { "snapshot-xmin", "-1" }, { "snapshot-xmax", "18446744073709551616" },
        { "full-at", "2026-02-30T00:00:00.000000Z" },
    };

    [Fact]
    public void Metadata_read_back_as_they_were_written() => Assert.Equal(Example, IngestionMetadata.Read(Example.ToObjectMetadata()));

    [Fact]
    public void A_first_version_has_neither_previous_nor_look_up()
    {
        var first = Example with { Previous = null, LookUp = null, Source = SourceKind.Sample };

        Assert.Null(first.ToObjectMetadata()["previous"]);
        Assert.Null(first.ToObjectMetadata()["lookup"]);
        Assert.Equal(first, IngestionMetadata.Read(first.ToObjectMetadata()));
    }

    [Fact]
    public void A_moment_of_another_offset_is_written_in_UTC()
    {
        var kolkata = Example with { ExtractedAt = Example.ExtractedAt.ToOffset(TimeSpan.FromHours(5.5)) };

        Assert.Equal("2026-11-23T12:45:03.123456Z", kolkata.ToObjectMetadata()["extracted-at"]);
        Assert.Equal(TimeSpan.Zero, IngestionMetadata.Read(kolkata.ToObjectMetadata())!.ExtractedAt.Offset);
    }

    [Fact]
    public void Missing_metadata_are_null() => Assert.Null(IngestionMetadata.Read(ObjectMetadata.Empty));

    [Theory]
    [MemberData(nameof(Damages))]
    public void Metadata_with_a_damaged_value_are_null(string name, string value) =>
        Assert.Null(IngestionMetadata.Read(Changed(name, value)));

    [Fact]
    public void Metadata_that_lack_a_required_value_are_null()
    {
        string[] optional = ["previous", "lookup"];
        foreach (var (name, _) in Example.ToObjectMetadata())
            Assert.Equal(optional.Contains(name), IngestionMetadata.Read(Changed(name, null)) is { });
    }

    [Fact]
    public void Values_that_a_later_release_adds_are_left_alone()
    {
        var metadata = Example.ToObjectMetadata();
        metadata.Add("colour", "blue");

        Assert.Equal(Example, IngestionMetadata.Read(metadata));
    }

    private static ObjectMetadata Changed(string name, string? value)
    {
        var metadata = new ObjectMetadata { { name, value } };
        foreach (var (other, kept) in Example.ToObjectMetadata().Where(pair => pair.Key != name)) metadata.Add(other, kept);
        return metadata;
    }
}
