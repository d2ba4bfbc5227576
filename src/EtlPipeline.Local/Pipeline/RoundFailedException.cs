using EtlPipeline.Core.Hosting;

namespace EtlPipeline.Local.Pipeline;

/// <summary>Invocations of a round failed. One that fails again and again, on every notification, is named once.</summary>
internal sealed class RoundFailedException(IReadOnlyList<InvocationFailure> failures)
    : Exception("The round is not complete.", new AggregateException(failures.Select(failure => failure.Exception)))
{
    /// <summary>What failed, one sentence a function and table.</summary>
    public IReadOnlyList<string> Faults { get; } = [.. failures.SelectMany(Describe).Distinct()];

    private static IEnumerable<string> Describe(InvocationFailure failure) => failure.Exception is StageFailedException stage
        ? stage.Failures.Select(table => $"{failure.Function}: {table.Subject}: {table.Cause.Message}")
        : [$"{failure.Function}: {failure.Exception.Message}"];
}
