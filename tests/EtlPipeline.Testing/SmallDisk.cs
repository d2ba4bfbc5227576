using System.Diagnostics;

namespace EtlPipeline.Testing;

/// <summary>A file system of a few megabytes, which a test can fill up. Only root may mount one; elsewhere the test is skipped.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly TestFolder _mountPoint = new();

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _mountPoint.Path;

    /// <summary>The bytes that its files take, open ones without a name among them.</summary>
    public long Used => Drive.TotalSize - Drive.AvailableFreeSpace;

    private DriveInfo Drive => new(Path);

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Mounts a new one. Skips the test if that is not allowed.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root can mount a small file system to fill up");
        var disk = new SmallDisk();
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=1777", "etl-pipeline-test", disk.Path) is { } refusal)
        {
            disk._mountPoint.Dispose();
            Assert.Skip($"a small file system to fill up can't be mounted here: {refusal}");
        }

        return disk;
    }

    /// <summary>Leaves so many bytes free, and no more.</summary>
    public async Task FillUpAsync(long bytesLeft)
    {
        await using var ballast = new FileStream(Ballast, FileMode.CreateNew);
        var bytes = new byte[4096];
        while (Drive.AvailableFreeSpace > bytesLeft)
        {
            await ballast.WriteAsync(bytes);
            await ballast.FlushAsync();
        }
    }

    /// <summary>Undoes <see cref="FillUpAsync"/>.</summary>
    public void MakeRoom() => File.Delete(Ballast);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (await RunAsync("umount", "--lazy", Path) is { } refusal) throw new InvalidOperationException($"{Path} can't be unmounted: {refusal}");
        _mountPoint.Dispose();
    }

    /// <returns>Why it failed; null if it did not.</returns>
    private static async Task<string?> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
