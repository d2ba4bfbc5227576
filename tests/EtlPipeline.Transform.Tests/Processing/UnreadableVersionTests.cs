using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Processing;

public sealed class UnreadableVersionTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("", 0)]
    [InlineData("no json", 0)]
    [InlineData("{}", 0)]
    [InlineData("[1]", 1)]
    [InlineData("[[]]", 1)]
    [InlineData("[{\"design_id\":1},", 16)]
    [InlineData("[] []", 3)]
    [InlineData("null", 0)]
    public async Task A_body_that_is_not_an_array_of_objects_makes_an_empty_object_marked_unreadable_and_an_error_line(string body, int offset)
    {
        await _lake.PutAsync($"design/{Stamps.First}.json", body);

        await _lake.SweepAsync();

        var metadata = await _lake.MetadataAsync($"dim_design/{Stamps.First}");
        Assert.Equal((0, 0, true, false), (metadata.Rows, metadata.Rejected, metadata.IsUnreadable, metadata.IsWhole));
        Assert.Empty(_lake.Rows($"dim_design/{Stamps.First}"));
        var error = Assert.Single(_lake.Messages("Error"));
        Assert.Contains($"'design/{Stamps.First}.json'", error, StringComparison.Ordinal);
        Assert.Contains($"at byte {offset}.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_after_an_unreadable_one_is_transformed_from_all_rows()
    {
        await _lake.PutAsync($"design/{Stamps.First}.json", $"[{SourceRows.Design(1)}, {{\"design_id\":");
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second)
        {
            Unchanged = [SourceRows.Design(1)],
            Changed = [SourceRows.Design(2)],
            Previous = Stamps.First,
        });
        await _lake.PutAsync(new IngestedTable("design", Stamps.Third)
        {
            Unchanged = [SourceRows.Design(1), SourceRows.Design(2)],
            Changed = [SourceRows.Design(3)],
            Previous = Stamps.Second,
        });

        await _lake.SweepAsync();

        Assert.Equal(2, _lake.Rows($"dim_design/{Stamps.Second}").Length);
        Assert.True((await _lake.MetadataAsync($"dim_design/{Stamps.Second}")).IsComplete);
        Assert.Single(_lake.Rows($"dim_design/{Stamps.Third}"));
    }

    [Fact]
    public async Task The_mark_holds_over_invocations()
    {
        await _lake.PutAsync($"design/{Stamps.First}.json", "[");
        await _lake.SweepAsync();
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second)
        {
            Unchanged = [SourceRows.Design(1)],
            Changed = [SourceRows.Design(2)],
            Previous = Stamps.First,
        });

        await _lake.SweepAsync();

        Assert.Equal(2, _lake.Rows($"dim_design/{Stamps.Second}").Length);
    }

    [Fact]
    public async Task Rows_rejected_before_the_fault_leave_no_rejected_object()
    {
        await _lake.PutAsync($"design/{Stamps.First}.json", "[{\"design_id\":1},");

        await _lake.SweepAsync();

        Assert.Empty(_lake.Keys("rejected/"));
    }

    [Fact]
    public async Task An_empty_array_is_a_version_that_holds_every_row_the_source_had()
    {
        await _lake.PutAsync($"design/{Stamps.First}.json", "[]");

        await _lake.SweepAsync();

        Assert.True((await _lake.MetadataAsync($"dim_design/{Stamps.First}")).IsComplete);
    }
}
