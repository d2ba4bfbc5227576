namespace EtlPipeline.Pipeline.Tests.Clocks;

/// <summary>A clock that steps to and fro by weeks each time that it is read.</summary>
internal sealed class ErraticClock(Random random) : TimeProvider
{
    private const int MostDaysOff = 60;

    public override DateTimeOffset GetUtcNow()
    {
        lock (random) return base.GetUtcNow().AddDays(random.Next(-MostDaysOff, MostDaysOff + 1));
    }
}
