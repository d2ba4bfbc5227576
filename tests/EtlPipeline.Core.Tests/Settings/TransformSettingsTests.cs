using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.Settings;

public sealed class TransformSettingsTests
{
    [Fact]
    public void The_calendar_has_seven_years_by_default() =>
        Assert.Equal(
            new TransformSettings { IngestionBucket = "ingestion", ProcessedBucket = "processed", CalendarStart = new DateOnly(2024, 1, 1), CalendarDays = 2557 },
            SettingsOf.Everything.Read(TransformSettings.Read));

    [Fact]
    public void The_calendar_can_be_set()
    {
        var settings = new SettingsOf(SettingsOf.Everything) { ["DIM_DATE_START"] = "2020-02-29", ["DIM_DATE_DAYS"] = "1" };

        Assert.Equal((new DateOnly(2020, 2, 29), 1), (settings.Read(TransformSettings.Read).CalendarStart, settings.Read(TransformSettings.Read).CalendarDays));
    }

    [Theory]
    [InlineData("DIM_DATE_START", "2021-02-29", "the first day of the calendar, written 2024-01-01")]
    [InlineData("DIM_DATE_START", "01/01/2024", "the first day of the calendar, written 2024-01-01")]
    [InlineData("DIM_DATE_START", "today", "the first day of the calendar, written 2024-01-01")]
    [InlineData("DIM_DATE_DAYS", "0", "how many days the calendar has, 1 to 100000")]
    [InlineData("DIM_DATE_DAYS", "100001", "how many days the calendar has, 1 to 100000")]
    [InlineData("DIM_DATE_DAYS", "many", "how many days the calendar has, 1 to 100000")]
    public void A_calendar_that_is_none_is_refused(string name, string value, string choices) =>
        Assert.Equal(
            [$"{name} is malformed: {choices}"],
            new SettingsOf(SettingsOf.Everything) { [name] = value }.Faults(TransformSettings.Read));

    [Fact]
    public void A_calendar_ends_with_the_year_9999_at_the_latest()
    {
        var settings = new SettingsOf(SettingsOf.Everything) { ["DIM_DATE_START"] = "9999-12-30", ["DIM_DATE_DAYS"] = "3" };

        Assert.Equal(["DIM_DATE_DAYS is malformed: how many days the calendar has, 1 to 2"], settings.Faults(TransformSettings.Read));
    }
}
