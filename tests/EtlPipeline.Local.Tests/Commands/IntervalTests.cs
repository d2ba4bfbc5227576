using EtlPipeline.Local.Commands;

namespace EtlPipeline.Local.Tests.Commands;

public sealed class IntervalTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3600)]
    [InlineData("24h", 86400)]
    public void An_interval_is_a_number_and_a_unit(string text, int seconds)
    {
        Assert.True(Interval.TryParse(text, out var interval));
        Assert.Equal(TimeSpan.FromSeconds(seconds), interval);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("25h")]
    [InlineData("2147483647h")]
    [InlineData("5 m")]
    [InlineData("5M")]
    public void Anything_else_is_none(string text) => Assert.False(Interval.TryParse(text, out _));
}
