namespace EtlPipeline.SampleData.Tests;

public sealed class SampleOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    [InlineData(double.NaN)]
    public void A_scale_that_makes_no_history_is_refused(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleOptions { Scale = scale });

    [Fact]
    public void Silent_updates_without_a_pause_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleOptions { SilentUpdateInterval = TimeSpan.Zero });
}
