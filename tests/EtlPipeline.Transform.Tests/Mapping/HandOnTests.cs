using EtlPipeline.Core.Lake;
using EtlPipeline.Targets;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Mapping;

public sealed class HandOnTests : IDisposable
{
    private const string Version = $"dim_design/{Stamps.Second}";

    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task What_the_metadata_says_is_handed_on()
    {
        await _lake.PutAsync(Design with
        {
            Reason = VersionReason.Round,
            Previous = Stamps.First,
            OldestRead = Stamps.First,
            Verified = Stamps.First,
            IsComplete = true,
            IsAccepted = true,
            Bounds = [new RowKey("7")],
        });

        await _lake.SweepAsync();

        var expected = new ParquetMetadata
        {
            Kind = VersionKind.Chunk,
            Reason = VersionReason.Round,
            Source = SourceKind.Oltp,
            RunStamp = TableVersion.Parse(Stamps.Second),
            ExtractedAt = TableVersion.Parse(Stamps.Second).Instant,
            Previous = TableVersion.Parse(Stamps.First),
            Rows = 1,
            Rejected = 0,
            OldestRead = TableVersion.Parse(Stamps.First),
            Verified = TableVersion.Parse(Stamps.First),
            IsComplete = true,
            IsAccepted = true,
            IsSegmented = true,
            Mapping = TargetCatalogue.Find(TableName.Parse("dim_design"))!.Description.Mapping,
            Sha256 = string.Empty,
        };
        Assert.Equal(expected.ToString(), ((await _lake.MetadataAsync(Version)) with { Sha256 = string.Empty }).ToString());
    }

    [Fact]
    public async Task The_file_describes_its_target()
    {
        await _lake.PutAsync(Design);

        await _lake.SweepAsync();

        var json = _lake.ParquetFile(Version).Metadata(ParquetKeys.Target)!;
        var described = TargetDescription.Parse(System.Text.Encoding.UTF8.GetBytes(json));
        Assert.Equal(TargetCatalogue.Find(TableName.Parse("dim_design"))!.Description.ToJson().ToArray(), described.ToJson().ToArray());
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("7", null, "[\"7\"]", null)]
    [InlineData(null, "9", null, "[\"9\"]")]
    [InlineData("7", "9", "[\"7\"]", "[\"9\"]")]
    public async Task A_chunk_s_range_is_told(string? from, string? to, string? expectedFrom, string? expectedTo)
    {
        await _lake.PutAsync(Design with { Range = new KeyRange(from is null ? null : new RowKey(from), to is null ? null : new RowKey(to)) });

        await _lake.SweepAsync();

        Assert.Equal(("told", expectedFrom, expectedTo), Range());
    }

    [Fact]
    public async Task Changes_have_no_range()
    {
        await _lake.PutAsync(Design with { Kind = VersionKind.Changes });

        await _lake.SweepAsync();

        Assert.Equal((null, null, null), Range());
    }

    [Theory]
    [InlineData("uid", KeyOrder.Text)]
    [InlineData("design_id", KeyOrder.Text)]
    [InlineData("id", KeyOrder.Number)]
    public async Task A_range_of_another_key_or_order_than_the_target_s_is_untold(string column, KeyOrder order)
    {
        await _lake.PutAsync(Design with { KeyColumns = [new KeyColumn(column, order)], Range = new KeyRange(null, new RowKey("9")) });

        await _lake.SweepAsync();

        Assert.Equal(("untold", null, null), Range());
    }

    [Fact]
    public async Task A_range_of_all_keys_is_told_whatever_the_key()
    {
        await _lake.PutAsync(Design with { KeyColumns = [new KeyColumn("uid", KeyOrder.Text)] });

        await _lake.SweepAsync();

        Assert.Equal(("told", null, null), Range());
    }

    private static IngestedTable Design => new("design", Stamps.Second, SourceRows.Design());

    private (string? Range, string? From, string? To) Range()
    {
        var file = _lake.ParquetFile(Version);
        return (file.Metadata(ParquetKeys.Range), file.Metadata(ParquetKeys.From), file.Metadata(ParquetKeys.To));
    }
}
