using System.Diagnostics;

namespace EtlPipeline.Local.Servers;

/// <summary>The account that a private server runs as. PostgreSQL refuses to run as root, so root lends it another one.</summary>
internal static class ServerAccount
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
