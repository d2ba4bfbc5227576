using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Parquet;

public sealed class CalendarFileTests : IDisposable
{
    private const string Version = "dim_date/2000-01-01_00-00-00-000000";

    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Any_invocation_writes_the_calendar_if_there_is_none_yet()
    {
        await _lake.RingAsync();

        Assert.Equal(
            ["2024-01-01|2024|1|1|1|Monday|January|1|2024-01|1|false", "2024-01-02|2024|1|2|2|Tuesday|January|1|2024-01|1|false", "2024-01-03|2024|1|3|3|Wednesday|January|1|2024-01|1|false"],
            _lake.Rows(Version));
        var metadata = await _lake.MetadataAsync(Version);
        Assert.Equal((3, VersionKind.Chunk, VersionReason.First, true, null), (metadata.Rows, metadata.Kind, metadata.Reason, metadata.IsComplete, metadata.Source));
        Assert.Equal("told", _lake.ParquetFile(Version).Metadata(ParquetKeys.Range));
    }

    [Fact]
    public async Task The_calendar_is_written_once()
    {
        await _lake.SweepAsync();
        await _lake.SweepAsync();

        Assert.Equal([$"{Version}.parquet"], _lake.Processed.Puts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3_000_000)]
    public void A_calendar_without_days_or_beyond_the_year_9999_cannot_be_made(int days) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Calendar(new DateOnly(2024, 1, 1), days));
}
