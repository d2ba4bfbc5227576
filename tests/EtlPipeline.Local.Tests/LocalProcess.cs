using System.Diagnostics;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Local.Tests;

/// <summary>A call of the command line as a process, as a user makes it.</summary>
internal sealed class LocalProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly StringWriter _output = new();

    private LocalProcess(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    public int Id => _process.Id;

    public static LocalProcess Start(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        Start("dotnet", folder, variables, ["exec", Program, .. arguments]);

    /// <summary>Starts it as a shell does with job control, in a group of processes to which a signal can be sent.</summary>
    /// <returns>The process, and the number of the group.</returns>
    public static async Task<(LocalProcess Process, string Group)> StartInGroupAsync(string folder, params string[] arguments)
    {
        const string job = "set -m; \"$@\" & echo $!; wait $!";
        var process = Start("bash", folder, new Dictionary<string, string>(), ["-c", job, "job", "dotnet", "exec", Program, .. arguments]);
        return (process, (await process._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "EtlPipeline.Local.dll");

    private static LocalProcess Start(string program, string folder, IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new LocalProcess(Process.Start(start)!);
    }

    public static async Task<LocalCall> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using var process = Start(folder, variables, arguments);
        return await process.EndAsync();
    }

    public static Task<LocalCall> RunAsync(string folder, params string[] arguments) => RunAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Reads its output up to a line that contains a text.</summary>
    public async Task ReadToAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            await _output.WriteLineAsync(line);
            if (line.Contains(text, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"'{text}' was not written, but: {_output}{await _error}");
    }

    /// <summary>Ends it as the system's out-of-memory killer would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<LocalCall> EndAsync()
    {
        await _output.WriteAsync(await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        OutputWatch.See("the command line", _output.ToString());
        OutputWatch.See("the command line", await _error);
        return new LocalCall(_process.ExitCode, _output.ToString(), await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        _output.Dispose();
    }
}
