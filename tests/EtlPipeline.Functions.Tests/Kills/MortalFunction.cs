using System.Diagnostics;
using EtlPipeline.Testing.Lambda;

namespace EtlPipeline.Functions.Tests.Kills;

/// <summary>A function whose process can be killed while it is at work; another process then takes its place.</summary>
internal sealed class MortalFunction(string stage, IEnumerable<KeyValuePair<string, string>> environment) : IAsyncDisposable
{
    // Not JSON, so it is refused; but whoever refuses it has started.
    private const string NoEvent = "{";

    private FunctionRun? _run;
    private TimeSpan _duration;

    public int Kills { get; private set; }

    /// <summary>Has an event served, and takes the time.</summary>
    public async Task InvokeAsync(byte[] payload)
    {
        var run = await StartedAsync();
        var started = Stopwatch.GetTimestamp();
        var outcome = await run.Api.InvokeAsync(payload);
        Assert.Null(outcome.Message);
        _duration = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Has an event served, and kills the process (SIGKILL) at a random moment of that, unless it was done before.</summary>
    public async Task InvokeAndKillAsync(byte[] payload, Random random)
    {
        var run = await StartedAsync();
        var invocation = run.Api.InvokeAsync(payload);
        await Task.WhenAny(invocation, Task.Delay(_duration * random.NextDouble()));
        if (invocation.IsCompleted) return;
        await DisposeAsync();
        Kills++;
    }

    public async ValueTask DisposeAsync()
    {
        if (_run is { }) await _run.DisposeAsync();
        _run = null;
    }

    private async Task<FunctionRun> StartedAsync()
    {
        if (_run is { }) return _run;
        _run = FunctionRun.Start(stage, environment);
        await _run.Api.InvokeAsync(NoEvent);
        return _run;
    }
}
