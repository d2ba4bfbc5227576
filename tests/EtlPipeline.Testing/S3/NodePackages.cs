using System.Diagnostics;

namespace EtlPipeline.Testing.S3;

/// <summary>The Node packages of a folder, installed as its lock file says by the first test process that needs them.</summary>
public static class NodePackages
{
    /// <summary>Installs what is missing or older than the lock file.</summary>
    /// <param name="folder">The folder that has <c>package.json</c>.</param>
    public static async Task InstallAsync(string folder)
    {
        await using var turn = await WaitForTurnAsync(Path.Combine(Path.GetTempPath(), "etl-pipeline-npm.lock"));
        // npm writes this file last.
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"))) return;
        await RunAsync(folder, "npm", "ci", "--no-audit", "--no-fund");
        File.SetLastWriteTimeUtc(installed.FullName, DateTime.UtcNow);
    }

    /// <summary>Test projects run at the same time, in processes of their own.</summary>
    private static async Task<FileStream> WaitForTurnAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static async Task RunAsync(string folder, string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} failed in {folder}: {await output} {await error}");
    }
}
