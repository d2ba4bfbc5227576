using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Pipeline;

/// <summary>Rounds of the pipeline that a reader watches. Each has functions of its own, as after a cold start.</summary>
/// <param name="terminal">Where they are shown.</param>
/// <param name="log">Their log.</param>
/// <param name="buckets">Opens their buckets.</param>
/// <param name="clock">Their clock.</param>
internal sealed class PipelineRound(Terminal terminal, CommandLog log, ObjectStores buckets, TimeProvider clock)
{
    /// <summary>Extracts, transforms and loads.</summary>
    /// <exception cref="RoundFailedException">Something could not be done; everything else was.</exception>
    public Task RunAsync(PipelineSettings settings, ExtractRequest request, bool isSweep, CancellationToken cancellationToken) =>
        ShowAsync(settings, new RoundProgress(settings.Extract.Tables), pipeline => pipeline.RunAsync(request, isSweep, cancellationToken));

    /// <summary>Sends events to Transform and Load.</summary>
    /// <exception cref="RoundFailedException">Something could not be done; everything else was.</exception>
    public Task ReplayAsync(PipelineSettings settings, ReplayEvents events, CancellationToken cancellationToken) =>
        ShowAsync(settings, new RoundProgress([]), pipeline => pipeline.ReplayAsync(events.ToTransform, events.ToLoad, cancellationToken));

    private async Task ShowAsync(PipelineSettings settings, RoundProgress progress, Func<LocalPipeline, Task<RoundOutcome>> round)
    {
        await using var stages = new PipelineStages(settings, buckets, progress, clock, log.Logger);
        var outcome = await RoundView.ShowAsync(terminal, progress, () => round(new LocalPipeline(stages)));
        log.WriteWarnings();
        if (!outcome.IsSuccess) throw new RoundFailedException(outcome.Failures);
    }
}
