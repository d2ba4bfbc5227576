namespace EtlPipeline.Core.Hosting;

/// <summary>
/// Cancels an invocation's work shortly before Lambda kills the invocation, so that its error still gets out and says how far it came.
/// </summary>
public sealed class InvocationDeadline : IDisposable
{
    private static readonly TimeSpan LongestLockTimeout = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;

    internal InvocationDeadline(TimeSpan remainingTime, TimeProvider clock)
    {
        _limit = remainingTime - ReserveOf(remainingTime);
        _source = new CancellationTokenSource(_limit, clock);
    }

    /// <summary>Cancelled when the time is up.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>How long a statement may wait for a lock: less than there is time, so that the server lets go of it even where the function is killed.</summary>
    public TimeSpan LockTimeout => _limit / 2 < LongestLockTimeout ? _limit / 2 : LongestLockTimeout;

    /// <summary>What was done last, for the error.</summary>
    internal string? LastDone { get; set; }

    /// <summary>Listens to a stage's progress.</summary>
    /// <param name="describe">Names what was done.</param>
    public IProgress<T> Watch<T>(Func<T, string> describe) => new Watcher<T>(this, describe);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    internal async Task GuardAsync(string stage, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException exception) when (Token.IsCancellationRequested)
        {
            throw new DeadlineException(stage, _limit, LastDone, exception);
        }
    }

    /// <summary>Two seconds for a rollback and the report, a tenth of the time where there is little of it.</summary>
    private static TimeSpan ReserveOf(TimeSpan remainingTime)
    {
        var tenth = remainingTime / 10;
        return tenth < TimeSpan.FromSeconds(2) ? tenth : TimeSpan.FromSeconds(2);
    }

    private sealed class Watcher<T>(InvocationDeadline deadline, Func<T, string> describe) : IProgress<T>
    {
        public void Report(T value) => deadline.LastDone = describe(value);
    }
}
