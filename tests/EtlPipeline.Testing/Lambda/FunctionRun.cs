using System.Diagnostics;

namespace EtlPipeline.Testing.Lambda;

/// <summary>A function's process, started as Lambda starts it, with a Runtime API of its own.</summary>
public sealed class FunctionRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly FunctionLog _log = new();

    private FunctionRun(string executable, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        // None of the test's own environment but what finds .NET: Lambda starts functions with theirs alone.
        string?[] kept = [Environment.GetEnvironmentVariable("PATH"), Environment.GetEnvironmentVariable("DOTNET_ROOT")];
        start.Environment.Clear();
        start.Environment["PATH"] = kept[0];
        if (kept[1] is { } root) start.Environment["DOTNET_ROOT"] = root;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = Api.Address;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _log.Read(_process.StandardOutput);
        _log.Read(_process.StandardError);
    }

    /// <summary>What hands it events.</summary>
    public FakeRuntimeApi Api { get; } = new();

    /// <summary>What it logged.</summary>
    public FunctionLog Log => _log;

    /// <summary>The process's id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The most memory that it had resident so far, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>The processor time that it took so far.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>Starts a stage's function.</summary>
    public static FunctionRun Start(string stage, IEnumerable<KeyValuePair<string, string>> environment) =>
        StartExecutable(FunctionExecutable.Find(stage), environment);

    /// <summary>Starts an executable as a function.</summary>
    public static FunctionRun StartExecutable(string executable, IEnumerable<KeyValuePair<string, string>> environment) =>
        new(executable, environment);

    /// <summary>Waits for the process to end by itself, for two minutes at most.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> WaitForExitAsync() => WatchAsync().WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>Ends when the process does, however long it lives.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WatchAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await Api.DisposeAsync();
    }
}
