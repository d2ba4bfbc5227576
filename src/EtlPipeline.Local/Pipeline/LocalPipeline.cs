using EtlPipeline.Core.Hosting;

namespace EtlPipeline.Local.Pipeline;

/// <summary>
/// The three functions in one process, in the place of AWS: what one of them writes to its bucket wakes the next, and what fails stops none
/// of the others.
/// </summary>
internal sealed class LocalPipeline(PipelineStages stages)
{
    private readonly List<InvocationFailure> _failures = [];

    /// <summary>Extracts, then transforms and loads what was extracted.</summary>
    /// <param name="request">What Extract is asked for.</param>
    /// <param name="isSweep">Whether Transform and Load first catch up with what earlier rounds left to do.</param>
    /// <param name="cancellationToken">Ends the round; what is written by then is whole.</param>
    public async Task<RoundOutcome> RunAsync(ExtractRequest request, bool isSweep, CancellationToken cancellationToken)
    {
        if (isSweep) await SendAsync(new StageEvent.Sweep(), new StageEvent.Sweep(), cancellationToken);
        var isSkipped = false;
        await InvokeAsync(
            "extract",
            async requestId => isSkipped = (await stages.Extract.RunAsync(request, requestId, cancellationToken)).Skipped,
            cancellationToken);
        await DispatchAsync(cancellationToken);
        return TakeOutcome(isSkipped);
    }

    /// <summary>Sends an event to each of Transform and Load, or to one of them, and then the notifications that follow from it.</summary>
    public async Task<RoundOutcome> ReplayAsync(StageEvent? toTransform, StageEvent? toLoad, CancellationToken cancellationToken)
    {
        await SendAsync(toTransform, toLoad, cancellationToken);
        return TakeOutcome(isSkipped: false);
    }

    private async Task SendAsync(StageEvent? toTransform, StageEvent? toLoad, CancellationToken cancellationToken)
    {
        if (toTransform is { }) await InvokeAsync(stages.Transform, toTransform, cancellationToken);
        if (toLoad is { }) await InvokeAsync(stages.Load, toLoad, cancellationToken);
        await DispatchAsync(cancellationToken);
    }

    /// <summary>Wakes the functions, one notification at a time, until none waits.</summary>
    private async Task DispatchAsync(CancellationToken cancellationToken)
    {
        while (stages.ToTransform.TryTake(out var created)) await InvokeAsync(stages.Transform, created, cancellationToken);
        while (stages.ToLoad.TryTake(out var created)) await InvokeAsync(stages.Load, created, cancellationToken);
    }

    private Task InvokeAsync(Function function, StageEvent stageEvent, CancellationToken cancellationToken) =>
        InvokeAsync(function.Name, requestId => function.InvokeAsync(stageEvent, requestId, cancellationToken), cancellationToken);

    // The boundary of a function, where the Lambda service would count any exception as an error, and go on with the next event.
    private async Task InvokeAsync(string name, Func<string, Task> invocation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await invocation(stages.NextRequestId());
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _failures.Add(new InvocationFailure(name, exception));
        }
    }

    private RoundOutcome TakeOutcome(bool isSkipped)
    {
        var outcome = new RoundOutcome(isSkipped, [.. _failures]);
        _failures.Clear();
        return outcome;
    }
}
