using System.ComponentModel;
using System.Diagnostics;

namespace EtlPipeline.PostgreSqlServers;

/// <summary>Runs one of PostgreSQL's programs to its end.</summary>
public static class ServerProgram
{
    /// <summary>Runs a program and waits for its end, also if it is cancelled meanwhile: a program that is left alone would go on, and the next call would meet it.</summary>
    /// <exception cref="ServerException">It could not be started, or failed; the message has what it printed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the program has ended.</exception>
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
        while (!process.HasExited) await Task.Delay(20, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
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

/// <summary>The account that a private server runs as. PostgreSQL refuses to run as root, so root lends it another one.</summary>
public static class ServerAccount
{
    private const string OtherAccount = "postgres";

    /// <summary>Whether the server runs as somebody else than we do.</summary>
    public static bool IsOther { get; } = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();

    /// <summary>How a program is started as the server's account.</summary>
    public static ProcessStartInfo Command(string program, IEnumerable<string> arguments)
    {
        var command = IsOther
            ? new ProcessStartInfo("runuser", ["-u", OtherAccount, "--", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        command.WorkingDirectory = Path.GetPathRoot(Path.GetFullPath(program))!;
        command.Environment["LC_ALL"] = "C";
        return command;
    }

    /// <summary>Hands a folder over to the server's account, for it alone.</summary>
    public static async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (IsOther) await ServerProgram.RunAsync(new ProcessStartInfo("chown", ["-R", OtherAccount, folder]), cancellationToken);
    }

    /// <summary>Whether the server's account can get at a folder; a home directory keeps others out.</summary>
    public static async Task<bool> CanReachAsync(string folder, CancellationToken cancellationToken)
    {
        if (!IsOther) return true;
        using var process = Process.Start(Command("/usr/bin/test", ["-x", folder]))!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }
}

/// <summary>A private PostgreSQL could not be had; the message says what to do.</summary>
public sealed class ServerException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ServerException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
