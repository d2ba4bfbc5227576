namespace EtlPipeline.Core.Hosting;

/// <summary>Collects what an invocation could not do, so that one table's trouble does not stop the others.</summary>
/// <param name="stage">The stage's name.</param>
public sealed class FailureList(string stage)
{
    private readonly List<TableFailure> _failures = [];

    /// <summary>What was collected so far.</summary>
    public IReadOnlyList<TableFailure> Failures => _failures;

    /// <summary>Whether a subject has failed.</summary>
    public bool Contains(string subject) => _failures.Exists(failure => failure.Subject == subject);

    /// <summary>Adds a failure.</summary>
    public void Add(string subject, Exception cause) => _failures.Add(new TableFailure(subject, cause));

    /// <summary>Does something for a subject, and adds what it throws; cancellation goes through.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> GuardAsync(string subject, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Add(subject, exception);
            return false;
        }
    }

    /// <summary>Ends the invocation where anything failed.</summary>
    /// <exception cref="StageFailedException">Something did.</exception>
    public void ThrowIfAny()
    {
        if (_failures.Count > 0) throw new StageFailedException(stage, _failures);
    }
}
