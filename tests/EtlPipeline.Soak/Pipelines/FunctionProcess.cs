using EtlPipeline.Soak.Figures;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Lambda;

namespace EtlPipeline.Soak.Pipelines;

/// <summary>A function's process, kept alive over all schedules as a busy Lambda environment is.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    // An ordinary build's runtime puts pipes for a debugger into the temporary folder.
    private static readonly KeyValuePair<string, string> WithoutDebugger = new("DOTNET_EnableDiagnostics", "0");

    private static readonly TimeSpan LongestInvocation = TimeSpan.FromMinutes(5);

    private readonly TestFolder _temporary = new();
    private readonly FunctionRun _run;
    private readonly Task<int> _ended;
    private readonly string _stage;

    private FunctionProcess(string stage, string executable, IEnumerable<KeyValuePair<string, string>> environment)
    {
        _stage = stage;
        _run = FunctionRun.StartExecutable(executable, [.. environment, WithoutDebugger, new("TMPDIR", _temporary.Path)]);
        _ended = _run.WatchAsync();
    }

    public MeasuredProcess Measured => new(_stage, _run.ProcessId, _temporary.Path);

    public static FunctionProcess Start(string stage, string executable, IEnumerable<KeyValuePair<string, string>> environment) =>
        new(stage, executable, environment);

    /// <exception cref="InvalidOperationException">The invocation failed, or the process ended.</exception>
    /// <exception cref="TimeoutException">The invocation took longer than five minutes.</exception>
    public async Task InvokeAsync(ReadOnlyMemory<byte> json)
    {
        var invocation = _run.Api.InvokeAsync(json.ToArray());
        if (await Task.WhenAny(invocation, _ended).WaitAsync(LongestInvocation) == _ended)
            throw new InvalidOperationException($"{_stage}: the process ended with {await _ended}; it wrote: {string.Join('\n', _run.Log.Lines)}");
        var outcome = await invocation;
        if (!outcome.Succeeded) throw new InvalidOperationException($"{_stage}: {outcome.Message}");
    }

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync();
        _temporary.Dispose();
    }
}
