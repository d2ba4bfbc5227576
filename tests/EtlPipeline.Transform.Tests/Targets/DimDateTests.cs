using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Targets;

public sealed class DimDateTests : IDisposable
{
    private const string Version = "dim_date/2000-01-01_00-00-00-000000";

    private Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Any_invocation_writes_the_calendar_where_there_is_none_yet()
    {
        await _lake.RingAsync();

        Assert.Equal(
            ["2024-01-01|2024|1|1|1|Monday|January|1", "2024-01-02|2024|1|2|2|Tuesday|January|1", "2024-01-03|2024|1|3|3|Wednesday|January|1"],
            _lake.Rows(Version));
        var metadata = await _lake.MetadataAsync(Version);
        Assert.Equal((3, "date_id", true), (metadata.Rows, metadata.KeyColumn, metadata.IsComplete));
    }

    [Fact]
    public async Task The_calendar_is_written_once()
    {
        await _lake.SweepAsync();
        await _lake.SweepAsync();

        Assert.Equal([$"{Version}.parquet"], _lake.Processed.Puts);
    }

    [Fact]
    public async Task The_calendar_has_every_day_of_seven_years_with_Monday_as_day_1()
    {
        _lake.Dispose();
        _lake = new Lake { Calendar = new Calendar(new DateOnly(2024, 1, 1), 2557) };

        await _lake.SweepAsync();

        var expected = Enumerable.Range(0, 2557).Select(new DateOnly(2024, 1, 1).AddDays).Select(date =>
        {
            var day = ((int)date.DayOfWeek + 6) % 7 + 1;
            var quarter = (date.Month - 1) / 3 + 1;
            return FormattableString.Invariant($"{date:yyyy-MM-dd}|{date.Year}|{date.Month}|{date.Day}|{day}|{date:dddd}|{date:MMMM}|{quarter}");
        });
        Assert.Equal(expected, _lake.Rows(Version));
        Assert.EndsWith("2030-12-31|2030|12|31|2|Tuesday|December|4", _lake.Rows(Version)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_has_the_types_of_the_warehouse()
    {
        await _lake.SweepAsync();

        var file = _lake.ParquetFile(Version);
        Assert.Equal(
            ["date_id DATE", "year INTEGER", "month INTEGER", "day INTEGER", "day_of_week INTEGER", "day_name VARCHAR", "month_name VARCHAR", "quarter INTEGER"],
            file.Types());
        Assert.All(file.Repetitions(), column => Assert.EndsWith(" REQUIRED", column, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3_000_000)]
    public void A_calendar_without_days_or_beyond_the_year_9999_cannot_be_made(int days) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Calendar(new DateOnly(2024, 1, 1), days));
}
