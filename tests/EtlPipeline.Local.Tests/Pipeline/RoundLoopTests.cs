using EtlPipeline.Local.Pipeline;

namespace EtlPipeline.Local.Tests.Pipeline;

public sealed class RoundLoopTests
{
    private readonly SkippingClock _clock = new();

    [Fact]
    public async Task The_first_round_sweeps_and_then_one_every_quarter_of_an_hour()
    {
        var sweeps = await RunAsync(rounds: 8, every: TimeSpan.FromMinutes(5), roundTakes: TimeSpan.Zero);

        Assert.Equal([true, false, false, true, false, false, true, false], sweeps.Select(round => round.IsSweep));
    }

    [Fact]
    public async Task Rounds_are_counted_from_the_start_of_the_one_before()
    {
        var rounds = await RunAsync(rounds: 3, every: TimeSpan.FromMinutes(5), roundTakes: TimeSpan.FromMinutes(2));

        Assert.Equal([0, 5, 10], rounds.Select(round => round.Minute));
    }

    [Fact]
    public async Task A_round_that_takes_longer_is_followed_at_once()
    {
        var rounds = await RunAsync(rounds: 3, every: TimeSpan.FromMinutes(5), roundTakes: TimeSpan.FromMinutes(7));

        Assert.Equal([0, 7, 14], rounds.Select(round => round.Minute));
    }

    private async Task<List<(int Minute, bool IsSweep)>> RunAsync(int rounds, TimeSpan every, TimeSpan roundTakes)
    {
        var seen = new List<(int, bool)>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RoundLoop(every, _clock).RunAsync(RoundAsync, end.Token));
        return seen;

        async Task RoundAsync(bool isSweep, CancellationToken cancellationToken)
        {
            seen.Add((_clock.GetUtcNow().Minute, isSweep));
            if (seen.Count == rounds) await end.CancelAsync();
            _clock.Advance(roundTakes);
        }
    }

    /// <summary>A clock on which every wait is over at once, and has taken as long as it should.</summary>
    private sealed class SkippingClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan time) => _now += time;

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Advance(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
