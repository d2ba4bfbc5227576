using EtlPipeline.Soak.Verdicts;

namespace EtlPipeline.Soak.Tests.Verdicts;

public sealed class ExpectationTests
{
    private static readonly double[] WarmUp = [90, 80];

    [Fact]
    public void None_is_met_only_by_zero_after_every_schedule()
    {
        Assert.True(IsMet(new Expectation.None(), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        Assert.False(IsMet(new Expectation.None(), [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void Flat_is_met_where_the_end_is_nowhere_above_the_beginning()
    {
        Assert.True(IsMet(new Expectation.Flat(), [3, 4, 9, 9, 9, 9, 9, 9, 3, 4]));
        Assert.False(IsMet(new Expectation.Flat(), [3, 4, 3, 4, 3, 4, 3, 4, 3, 5]));
    }

    [Fact]
    public void Within_a_ratio_compares_the_medians_of_the_first_and_the_last_fifth()
    {
        Assert.True(IsMet(new Expectation.Within(1.25), [4, 4, 9, 9, 9, 9, 9, 9, 5, 5]));
        Assert.False(IsMet(new Expectation.Within(1.25), [4, 4, 4, 4, 4, 4, 4, 4, 6, 6]));
    }

    [Fact]
    public void The_slope_is_that_of_the_straight_line_through_all_values_after_the_warm_up()
    {
        var series = new Series([.. WarmUp, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);

        Assert.Equal(200, series.SlopePerHundred, precision: 6);
        Assert.Equal([1, 3], series.First);
        Assert.Equal([17, 19], series.Last);
    }

    [Fact]
    public void Too_few_schedules_for_a_trend_are_refused() =>
        Assert.Contains("7 schedules or more", Assert.Throws<ArgumentException>(() => new Series([1, 2, 3])).Message, StringComparison.Ordinal);

    private static bool IsMet(Expectation expectation, double[] values) => expectation.IsMetBy(new Series([.. WarmUp, .. values]));
}
