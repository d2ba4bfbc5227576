using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Tests.Randomness;

public sealed class SplitMix64Tests
{
    [Fact]
    public void It_draws_the_published_sequence()
    {
        var draws = new SplitMix64(1234567);
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => draws.Next()).ToList());
    }

    [Fact]
    public void Both_bounds_are_drawn_and_none_beyond_them()
    {
        var draws = new SplitMix64(1);
        Assert.Equal([3, 4, 5], Enumerable.Range(0, 200).Select(_ => draws.Between(3, 5)).Distinct().Order());
    }
}
