using EtlPipeline.Local.Commands;

namespace EtlPipeline.Local.Tests.Commands;

public sealed class RunLoopTests
{
    private readonly SkippingClock _clock = new();

    [Fact]
    public async Task The_first_run_sweeps_and_then_one_every_quarter_of_an_hour()
    {
        var sweeps = await RunAsync(runs: 8, every: TimeSpan.FromMinutes(5), runTakes: TimeSpan.Zero);

        Assert.Equal([true, false, false, true, false, false, true, false], sweeps.Select(run => run.IsSweep));
    }

    [Fact]
    public async Task Runs_are_counted_from_the_start_of_the_one_before()
    {
        var runs = await RunAsync(runs: 3, every: TimeSpan.FromMinutes(5), runTakes: TimeSpan.FromMinutes(2));

        Assert.Equal([0, 5, 10], runs.Select(run => run.Minute));
    }

    [Fact]
    public async Task A_run_that_takes_longer_is_followed_at_once()
    {
        var runs = await RunAsync(runs: 3, every: TimeSpan.FromMinutes(5), runTakes: TimeSpan.FromMinutes(7));

        Assert.Equal([0, 7, 14], runs.Select(run => run.Minute));
    }

    private async Task<List<(int Minute, bool IsSweep)>> RunAsync(int runs, TimeSpan every, TimeSpan runTakes)
    {
        var seen = new List<(int, bool)>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RunLoop(every, _clock).RunAsync(RunOnceAsync, end.Token));
        return seen;

        async Task RunOnceAsync(bool isSweep, CancellationToken cancellationToken)
        {
            seen.Add((_clock.GetUtcNow().Minute, isSweep));
            if (seen.Count == runs) await end.CancelAsync();
            _clock.Advance(runTakes);
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
