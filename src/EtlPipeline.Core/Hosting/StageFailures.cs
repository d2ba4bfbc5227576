using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>One thing that an invocation could not do.</summary>
/// <param name="Subject">The table, or the version of a table.</param>
/// <param name="Cause">What went wrong with it.</param>
public sealed record TableFailure(string Subject, Exception Cause);

/// <summary>
/// Collects what an invocation could not do, each with its error line, so that one table's trouble does not stop the others.
/// </summary>
/// <param name="stage">The stage's name.</param>
/// <param name="logger">Where each failure is logged.</param>
/// <param name="endsAll">Whether an exception ends the invocation at once, such as a lost session; none does by default.</param>
public sealed class StageFailures(string stage, ILogger logger, Func<Exception, bool>? endsAll = null)
{
    private readonly List<TableFailure> _failures = [];

    /// <summary>What has failed so far.</summary>
    public IReadOnlyList<TableFailure> Failures => _failures;

    /// <summary>How much has failed so far.</summary>
    public int Count => _failures.Count;

    /// <summary>Whether a subject has failed.</summary>
    public bool Contains(string subject) => _failures.Exists(failure => failure.Subject == subject);

    /// <summary>Adds a failure, and logs it.</summary>
    public void Add(string subject, Exception cause)
    {
        Log.TableFailed(logger, subject, FailureText.Of(cause), cause);
        _failures.Add(new TableFailure(subject, cause));
    }

    /// <summary>Does something for a subject, and adds what it throws. Cancellation, and what ends the invocation at once, go through.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> GuardAsync(string subject, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception exception) when (!IsCancellation(exception) && endsAll?.Invoke(exception) is not true)
        {
            Add(subject, exception);
            return false;
        }
    }

    /// <summary>Ends the invocation if anything failed.</summary>
    /// <exception cref="StageFailedException">Something did.</exception>
    public void ThrowIfAny()
    {
        if (_failures.Count > 0) throw new StageFailedException(stage, _failures);
    }

    /// <summary>An HTTP client that waited too long for one answer throws the same as the end of an invocation, but for its cause.</summary>
    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException { InnerException: not TimeoutException };
}

/// <summary>
/// An invocation did all it could, and could not do everything. It leaves the function so that Lambda counts it, and tries again. The causes
/// are not its inner exceptions, which the Lambda runtime would report.
/// </summary>
public sealed class StageFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="failures">What it could not do; not empty.</param>
    public StageFailedException(string stage, IReadOnlyList<TableFailure> failures)
        : base($"{stage} failed for {string.Join("; ", failures.Select(failure => $"{failure.Subject}: {FailureText.Of(failure.Cause)}"))}") =>
        Failures = failures;

    /// <summary>What the invocation could not do.</summary>
    public IReadOnlyList<TableFailure> Failures { get; }
}
