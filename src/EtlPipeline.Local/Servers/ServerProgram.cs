using System.ComponentModel;
using System.Diagnostics;

namespace EtlPipeline.Local.Servers;

/// <summary>Runs one of PostgreSQL's programs to its end.</summary>
internal static class ServerProgram
{
    /// <exception cref="ServerException">It could not be started, or failed; the message has what it printed.</exception>
    public static async Task RunAsync(ProcessStartInfo command, CancellationToken cancellationToken)
    {
        var printed = new List<string>();
        (command.RedirectStandardOutput, command.RedirectStandardError) = (true, true);
        using var process = Start(command);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        // A server that was started inherits the pipes and keeps them open, so the end of the process is awaited, not that of its output.
        while (!process.HasExited) await Task.Delay(20, cancellationToken);
        if (process.ExitCode == 0) return;
        lock (printed)
        {
            throw new ServerException($"{Name(command)} failed: {string.Join(Environment.NewLine, printed)}");
        }

        void Keep(string? line)
        {
            if (line is null) return;
            lock (printed) printed.Add(line);
        }
    }

    private static Process Start(ProcessStartInfo command)
    {
        try
        {
            return Process.Start(command)!;
        }
        catch (Win32Exception exception)
        {
            throw new ServerException($"{Name(command)} could not be started: {exception.Message}", exception);
        }
    }

    private static string Name(ProcessStartInfo command) => Path.GetFileName(command.FileName);
}
