using EtlPipeline.Local.Demo;

namespace EtlPipeline.Local.Tests.Demo;

public sealed class BusinessTimeTests
{
    [Theory]
    [InlineData("2024-12-30T19:00Z", "2024-12-31T12:30Z")]
    [InlineData("2025-01-03T19:00Z", "2025-01-06T12:30Z")]
    public void A_morning_belongs_to_the_next_day_that_is_not_of_a_weekend(string evening, string noon) =>
        Assert.Equal(DateTimeOffset.Parse(noon, null), BusinessTime.NextNoon(DateTimeOffset.Parse(evening, null)));

    [Fact]
    public void An_afternoon_ends_on_the_same_day()
    {
        var noon = BusinessTime.NextNoon(BusinessTime.FirstEvening);

        Assert.True(BusinessTime.IsNoon(noon));
        Assert.Equal(noon.Date, BusinessTime.EveningOf(noon).Date);
        Assert.False(BusinessTime.IsNoon(BusinessTime.EveningOf(noon)));
    }
}
