using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>One invocation of a function: its lines carry its id, it ends before Lambda ends it, and what made it fail is logged once.</summary>
/// <param name="stage">The stage's name.</param>
/// <param name="requestId">The invocation's id.</param>
/// <param name="remainingTime">How long it is until Lambda kills the invocation.</param>
/// <param name="clock">Measures that time.</param>
/// <param name="logger">Where a failure goes.</param>
public sealed class FunctionInvocation(string stage, string requestId, TimeSpan remainingTime, TimeProvider clock, ILogger logger)
{
    /// <summary>Does the work of the invocation.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="work">What to do with it.</param>
    /// <exception cref="DeadlineException">It took too long.</exception>
    public async Task RunAsync(Stream payload, Func<ReadOnlyMemory<byte>, InvocationDeadline, Task> work)
    {
        using var scope = InvocationScope.Begin(logger, stage, requestId);
        using var deadline = new InvocationDeadline(remainingTime, clock);
        try
        {
            await deadline.GuardAsync(stage, async () => await work(await ReadAsync(payload, deadline.Token), deadline));
        }
        catch (Exception exception) when (exception is not StageFailedException)
        {
            Log.InvocationFailed(logger, exception.Message, exception);
            throw;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream payload, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await payload.CopyToAsync(buffer, cancellationToken);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
