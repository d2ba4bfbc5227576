namespace EtlPipeline.Local.Pipeline;

/// <summary>How a round of the pipeline ended.</summary>
/// <param name="IsExtractSkipped">Whether another extract held the source, so that this one read nothing.</param>
/// <param name="Failures">The invocations that failed; the others did all they had to.</param>
internal sealed record RoundOutcome(bool IsExtractSkipped, IReadOnlyList<InvocationFailure> Failures)
{
    public bool IsSuccess => Failures.Count == 0;
}
