namespace EtlPipeline.Local.Pipeline;

/// <summary>
/// Rounds at an interval, in the place of the scheduler: counted from the start of the last round, and at once where that took longer.
/// Every fifteen minutes a round sweeps.
/// </summary>
/// <param name="interval">The time between the starts of two rounds.</param>
/// <param name="clock">Measures it.</param>
internal sealed class RoundLoop(TimeSpan interval, TimeProvider clock)
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(15);

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="round">A round; its argument says whether it sweeps. It handles its own failures.</param>
    /// <param name="cancellationToken">Ends the loop, and the round that is going on.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, which is the only way that it ends.</exception>
    public async Task RunAsync(Func<bool, CancellationToken, Task> round, CancellationToken cancellationToken)
    {
        DateTimeOffset? sweptAt = null;
        while (true)
        {
            var startedAt = clock.GetUtcNow();
            var isSweep = sweptAt is null || startedAt - sweptAt >= SweepInterval;
            if (isSweep) sweptAt = startedAt;
            await round(isSweep, cancellationToken);
            var pause = startedAt + interval - clock.GetUtcNow();
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, clock, cancellationToken);
        }
    }
}
