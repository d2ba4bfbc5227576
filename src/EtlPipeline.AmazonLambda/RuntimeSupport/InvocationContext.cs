using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context of an invocation; its deadline comes with the event, the rest from the process's environment.</summary>
internal sealed record InvocationContext : ILambdaContext
{
    public required string AwsRequestId { get; init; }

    public required string InvokedFunctionArn { get; init; }

    public required string FunctionName { get; init; }

    public required string FunctionVersion { get; init; }

    public required int MemoryLimitInMB { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public required TimeProvider Clock { get; init; }

    public TimeSpan RemainingTime => Deadline - Clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
