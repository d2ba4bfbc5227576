using System.Diagnostics;
using EtlPipeline.Testing.Lambda;

namespace EtlPipeline.ColdStart;

/// <summary>What one cold start cost, from the start of the process to its answer.</summary>
/// <param name="Elapsed">The time that went by.</param>
/// <param name="Processor">The processor time, which a busy machine changes little.</param>
/// <param name="Memory">The most memory resident, in bytes.</param>
internal sealed record ColdStart(TimeSpan Elapsed, TimeSpan Processor, long Memory)
{
    /// <summary>Starts a function, hands it one event, and ends it.</summary>
    public static async Task<ColdStart> MeasureAsync(string executable, Dictionary<string, string> environment, byte[] json)
    {
        var started = Stopwatch.GetTimestamp();
        await using var function = FunctionRun.StartExecutable(executable, environment);
        var outcome = await function.Api.InvokeAsync(json).WaitAsync(TimeSpan.FromMinutes(1));
        var elapsed = Stopwatch.GetElapsedTime(started);
        return outcome.Succeeded
            ? new ColdStart(elapsed, function.ProcessorTime, function.PeakMemory)
            : throw new InvalidOperationException($"{executable}: {outcome.Message}");
    }

    /// <summary>The middle one of several, of each measure.</summary>
    public static ColdStart Median(IReadOnlyList<ColdStart> all) => new(
        Middle(all, one => one.Elapsed), Middle(all, one => one.Processor), Middle(all, one => one.Memory));

    private static T Middle<T>(IReadOnlyList<ColdStart> all, Func<ColdStart, T> measure) => all.Select(measure).Order().ElementAt(all.Count / 2);
}
