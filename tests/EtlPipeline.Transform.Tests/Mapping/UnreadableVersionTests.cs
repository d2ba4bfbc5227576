using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Tests.Lakes;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Tests.Mapping;

public sealed class UnreadableVersionTests : IDisposable
{
    private const string Version = $"dim_design/{Stamps.First}";

    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("", 0)]
    [InlineData("no json", 0)]
    [InlineData("{}", 0)]
    [InlineData("[1]", 1)]
    [InlineData("[[]]", 1)]
    [InlineData("[{\"design_id\":1},", 16)]
    [InlineData("[{\"design_id\":1},\n{\"design_id\":2},\n{\"design_id\":03},\n{\"design_id\":4}]", 48)]
    [InlineData("[{\"design_id\":1},\n{\"design_id\":2}\n{\"design_id\":3}]", 34)]
    [InlineData("[] []", 3)]
    [InlineData("null", 0)]
    public async Task A_body_that_is_not_an_array_of_objects_makes_an_empty_object_marked_unreadable_and_an_error_line(string body, int offset)
    {
        await _lake.PutAsync(Design, IngestedTable.Pack(body));

        await _lake.SweepAsync();

        await AssertUnreadableAsync($"'design/{Stamps.First}.json.gz' is damaged");
        Assert.Contains($"at byte {offset}.", Assert.Single(_lake.Messages(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_gzip_is_unreadable()
    {
        await _lake.PutAsync(Design, "[]"u8.ToArray());

        await _lake.SweepAsync();

        await AssertUnreadableAsync("is damaged");
    }

    [Fact]
    public async Task A_body_that_was_cut_off_is_unreadable()
    {
        var body = await new IngestedTable("design", Stamps.First, [.. Enumerable.Range(1, 1_000).Select(id => SourceRows.Design(id))]).BodyAsync();
        await _lake.PutAsync(Design with { Count = 1_000 }, body[..(body.Length / 2)]);

        await _lake.SweepAsync();

        await AssertUnreadableAsync("is damaged");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_version_with_another_number_of_rows_than_its_metadata_says_is_unreadable(int count)
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First, SourceRows.Design()) { Count = count });

        await _lake.SweepAsync();

        await AssertUnreadableAsync($"has 1 rows, and not {count}");
    }

    [Fact]
    public async Task A_version_without_metadata_is_unreadable()
    {
        await _lake.PutAsync(Design, IngestedTable.Pack("[]"), hasMetadata: false);

        await _lake.SweepAsync();

        await AssertUnreadableAsync($"the metadata of 'design/{Stamps.First}.json.gz' is missing or damaged");
    }

    [Fact]
    public async Task A_version_without_a_segments_object_is_unreadable()
    {
        await _lake.PutAsync(Design, IngestedTable.Pack("[]"), hasSegments: false);

        await _lake.SweepAsync();

        await AssertUnreadableAsync($"'design/{Stamps.First}.segments' is missing");
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("of another table")]
    [InlineData("of changes")]
    public async Task A_segments_object_that_cannot_be_relied_on_makes_its_version_unreadable(string fault)
    {
        var segments = fault switch
        {
            "damaged" => "no json"u8.ToArray(),
            "of another table" => SegmentsJson.Write(new IngestedTable("payment", Stamps.First).Segments).ToArray(),
            _ => SegmentsJson.Write((Design with { Kind = VersionKind.Changes }).Segments).ToArray(),
        };
        await _lake.PutAsync(Design.Key.Segments, segments);
        await _lake.PutAsync(Design, IngestedTable.Pack("[]"), hasSegments: false);

        await _lake.SweepAsync();

        await AssertUnreadableAsync($"'design/{Stamps.First}.segments'");
    }

    [Fact]
    public async Task The_versions_after_an_unreadable_one_are_transformed()
    {
        await _lake.PutAsync(Design, IngestedTable.Pack("["));
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second, SourceRows.Design(2)) { Previous = Stamps.First });

        await _lake.SweepAsync();

        Assert.Single(_lake.Rows($"dim_design/{Stamps.Second}"));
        Assert.Empty((await _lake.SweepAsync()).Versions);
    }

    [Fact]
    public async Task Rows_rejected_before_the_fault_leave_no_rejected_object()
    {
        await _lake.PutAsync(Design, IngestedTable.Pack("[{\"design_id\":1},"));

        await _lake.SweepAsync();

        Assert.Empty(_lake.Keys("rejected/"));
    }

    [Fact]
    public async Task An_unreadable_version_of_a_table_without_a_target_is_stepped_over()
    {
        await _lake.PutAsync(new IngestedTable("cat", Stamps.First), IngestedTable.Pack("[]"), hasSegments: false);
        await _lake.PutAsync(new IngestedTable("cat", Stamps.Second, "{\"cat_id\":1}") { Previous = Stamps.First });

        await _lake.SweepAsync();

        Assert.Equal([$"stg_cat/{Stamps.Second}.parquet"], _lake.Keys("stg_cat/"));
        Assert.Single(_lake.Messages(LogLevel.Error));
    }

    private static IngestedTable Design => new("design", Stamps.First) { IsComplete = true, Verified = Stamps.First, OldestRead = Stamps.First };

    private async Task AssertUnreadableAsync(string reason)
    {
        var metadata = await _lake.MetadataAsync(Version);
        Assert.Equal((0, 0, true, false, null), (metadata.Rows, metadata.Rejected, metadata.IsUnreadable, metadata.IsComplete, metadata.Verified));
        Assert.Empty(_lake.Rows(Version));
        Assert.Contains(reason, Assert.Single(_lake.Messages(LogLevel.Error)), StringComparison.Ordinal);
    }
}
