using System.Globalization;

namespace EtlPipeline.Core.Hosting;

/// <summary>What a stage knows of the invocation that it works in.</summary>
public sealed class Invocation
{
    private static readonly TimeSpan LongestLockTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestStatementTimeout = TimeSpan.FromMinutes(15);

    private readonly Func<TimeSpan> _remaining;

    /// <summary>Makes an invocation.</summary>
    /// <param name="requestId">Its id.</param>
    /// <param name="remaining">Says how long the stage may go on working; zero or less once the time is up.</param>
    /// <param name="cancellationToken">Ends the work at once, shortly before Lambda does.</param>
    public Invocation(string requestId, Func<TimeSpan> remaining, CancellationToken cancellationToken) =>
        (RequestId, _remaining, CancellationToken) = (requestId, remaining, cancellationToken);

    /// <summary>The invocation's id.</summary>
    public string RequestId { get; }

    /// <summary>The hard end: ends the work at once; what is written by then is whole.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>How long it is until the soft end, after which the stage should begin nothing more; below zero if it has passed.</summary>
    public TimeSpan Remaining => _remaining();

    /// <summary>Whether the stage should begin nothing more, and end well: the next invocation carries on.</summary>
    public bool IsTimeUp => Remaining <= TimeSpan.Zero;

    /// <summary>
    /// How long a statement may wait for a lock: less than there is time, so that the server gives up by itself even if the function is
    /// killed. Between a second and a minute.
    /// </summary>
    public TimeSpan LockTimeout => TimeSpan.FromTicks(Math.Clamp(Remaining.Ticks / 2, TimeSpan.TicksPerSecond, LongestLockTimeout.Ticks));

    /// <summary>How long a statement may take, for the same reason: as long as there is time. Between a second and a quarter of an hour, as long as Lambda runs anything.</summary>
    public TimeSpan StatementTimeout => TimeSpan.FromTicks(Math.Clamp(Remaining.Ticks, TimeSpan.TicksPerSecond, LongestStatementTimeout.Ticks));

    /// <summary>What was done last, such as <c>sales_order/2026-11-23_12-45-03-123456</c>, for the error if the time runs out.</summary>
    public string? LastDone { get; set; }

    /// <summary>An invocation with all the time in the world.</summary>
    public static Invocation Unlimited(string requestId, CancellationToken cancellationToken) =>
        new(requestId, () => TimeSpan.MaxValue, cancellationToken);
}

/// <summary>
/// The two ends of an invocation. At the soft one the stage begins nothing more; at the hard one its work is cancelled, so that a transaction
/// can still be rolled back, and an error that says how far the stage came can get out, before Lambda kills the process without a word.
/// </summary>
internal sealed class InvocationTime : IDisposable
{
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(60);

    private readonly string _stage;
    private readonly TimeSpan _hardEnd;
    private readonly CancellationTokenSource _source;

    /// <summary>Begins to count.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="requestId">The invocation's id.</param>
    /// <param name="remainingTime">How long it is until Lambda kills the invocation. Below zero if its clock and ours differ, or the process was frozen.</param>
    /// <param name="clock">Measures the time.</param>
    public InvocationTime(string stage, string requestId, TimeSpan remainingTime, TimeProvider clock)
    {
        _stage = stage;
        var time = remainingTime > TimeSpan.Zero ? remainingTime : TimeSpan.Zero;
        _hardEnd = time - Shorter(time / 10, Reserve);
        var softEnd = _hardEnd - Shorter(_hardEnd / 6, LongestStep);
        var started = clock.GetTimestamp();
        _source = new CancellationTokenSource(_hardEnd, clock);
        Invocation = new Invocation(requestId, () => softEnd - clock.GetElapsedTime(started), _source.Token);
    }

    /// <summary>The invocation, for the stage.</summary>
    public Invocation Invocation { get; }

    /// <summary>Does the work.</summary>
    /// <exception cref="DeadlineException">The time ran out, or there was none.</exception>
    public async Task GuardAsync(Func<Task> work)
    {
        if (_hardEnd <= TimeSpan.Zero) throw new DeadlineException(_stage, _hardEnd, lastDone: null);
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_source.IsCancellationRequested)
        {
            throw new DeadlineException(_stage, _hardEnd, Invocation.LastDone);
        }
    }

    public void Dispose() => _source.Dispose();

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>An invocation was stopped shortly before Lambda would have killed it.</summary>
public sealed class DeadlineException : Exception
{
    internal DeadlineException(string stage, TimeSpan limit, string? lastDone) : base(Describe(stage, limit, lastDone))
    {
    }

    private static string Describe(string stage, TimeSpan limit, string? lastDone)
    {
        var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        var point = lastDone is null ? "before anything was done" : $"after {lastDone}";
        return $"{stage} did not finish within {seconds} s and was stopped {point}. What is done is kept, and the next invocation "
            + "carries on from there; if this repeats, give the function more time or memory.";
    }
}
