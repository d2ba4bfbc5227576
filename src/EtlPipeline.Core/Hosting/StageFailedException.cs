namespace EtlPipeline.Core.Hosting;

/// <summary>
/// An invocation did all it could, and could not do everything. It leaves the function so that Lambda counts it, and tries again.
/// </summary>
public sealed class StageFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="failures">What it could not do; not empty.</param>
    public StageFailedException(string stage, IReadOnlyList<TableFailure> failures)
        : base(Describe(stage, failures), failures[0].Cause) => Failures = failures;

    /// <summary>What the invocation could not do.</summary>
    public IReadOnlyList<TableFailure> Failures { get; }

    private static string Describe(string stage, IReadOnlyList<TableFailure> failures) =>
        $"{stage} failed for {string.Join("; ", failures.Select(failure => $"{failure.Subject}: {failure.Cause.Message}"))}";
}
