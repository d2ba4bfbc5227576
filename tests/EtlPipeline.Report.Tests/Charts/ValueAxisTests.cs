using EtlPipeline.Report.Charts;

namespace EtlPipeline.Report.Tests.Charts;

public sealed class ValueAxisTests
{
    [Theory]
    [InlineData(0, true, 1)]
    [InlineData(1, true, 1)]
    [InlineData(3, true, 3)]
    [InlineData(7, true, 8)]
    [InlineData(973, true, 1000)]
    [InlineData(1001, false, 1500)]
    [InlineData(1234567, false, 1500000)]
    public void It_ends_at_the_next_round_number(int highest, bool isWhole, int end)
    {
        var axis = new ValueAxis(highest, isWhole);

        Assert.Equal(end, axis.End);
        Assert.Equal(axis.End, axis.Ticks.Last());
        Assert.InRange(axis.Share(highest), 0, 1);
    }

    [Fact]
    public void Counts_have_no_ticks_between_them() =>
        Assert.All(new ValueAxis(9, isWhole: true).Ticks, tick => Assert.True(decimal.IsInteger(tick)));
}
