using System.Diagnostics;
using EtlPipeline.Soak.Figures;
using EtlPipeline.Soak.Pipelines;
using EtlPipeline.Soak.Writers;

namespace EtlPipeline.Soak;

/// <summary>Schedule after schedule, with writers on; after each the figures are taken down.</summary>
/// <param name="pipeline">What is soaked.</param>
/// <param name="options">How long and how hard.</param>
/// <param name="taken">Is told of each schedule.</param>
internal sealed class SoakRun(IScheduledPipeline pipeline, SoakOptions options, Action<ScheduleFigures> taken)
{
    /// <summary>Runs all schedules, and then one more without writers, after which the warehouse has to be as the source is.</summary>
    public async Task<SoakOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await SoakSource.FillAsync(pipeline.Source, options.Scale, cancellationToken);
        var schedules = new List<ScheduleFigures>(options.Schedules);
        await using (var writers = await BusyWriters.StartAsync(pipeline.Source, options.Seed))
        await using (var meter = await ScheduleMeter.OpenAsync(pipeline, options.Patience))
        {
            for (var schedule = 1; schedule <= options.Schedules; schedule++)
            {
                var elapsed = await LiveAsync(writers, schedule, cancellationToken);
                schedules.Add(await meter.ReadAsync(schedule, elapsed, cancellationToken));
                taken(schedules[^1]);
            }
        }

        await pipeline.RunAsync(isSweep: true, cancellationToken);
        return new SoakOutcome(schedules, await pipeline.CountDifferencesAsync(cancellationToken));
    }

    private async Task<TimeSpan> LiveAsync(BusyWriters writers, int schedule, CancellationToken cancellationToken)
    {
        await writers.BeginLateAsync(schedule, cancellationToken);
        var writing = writers.WriteAsync(schedule, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await pipeline.RunAsync(isSweep: schedule % options.SweepEvery == 0, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await writing;
        await writers.CommitLateAsync(cancellationToken);
        return elapsed;
    }
}
