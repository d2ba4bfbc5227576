using System.Diagnostics;
using EtlPipeline.Testing;

namespace EtlPipeline.Report.Tests;

/// <summary>Chromium without a window, if it is installed.</summary>
internal sealed class HeadlessBrowser
{
    private const string Missing = "There is no chromium on PATH. On Debian, apt-get install chromium installs it.";

    private readonly string _program;
    private readonly TestFolder _folder;

    private HeadlessBrowser(string program, TestFolder folder) => (_program, _folder) = (program, folder);

    /// <summary>Finds it. If there is none, the test is skipped locally and fails in CI, where <c>.ci/run</c> installs it.</summary>
    public static HeadlessBrowser Find(TestFolder folder)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var program = folders.Select(path => Path.Combine(path, "chromium")).FirstOrDefault(File.Exists);
        Assert.False(program is null && Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, Missing);
        Assert.SkipWhen(program is null, Missing);
        return new HeadlessBrowser(program!, folder);
    }

    public async Task<byte[]> TakePictureAsync(string page, int width, bool isDark)
    {
        var picture = Path.Combine(_folder.Path, "picture.png");
        await RunAsync(page, width, isDark, $"--screenshot={picture}");
        return await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken);
    }

    /// <summary>The document as it is after the browser has laid it out.</summary>
    public Task<string> ReadDocumentAsync(string page, int width, bool isDark) => RunAsync(page, width, isDark, "--dump-dom");

    private async Task<string> RunAsync(string page, int width, bool isDark, string task)
    {
        // As root, Chromium refuses to run with its sandbox; it sees no other page than ours.
        List<string> arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--virtual-time-budget=20000", "--force-device-scale-factor=1",
            $"--user-data-dir={Path.Combine(_folder.Path, "profile")}", $"--window-size={width},1600", task,
        ];
        if (isDark) arguments.Add("--blink-settings=preferredColorScheme=0");
        using var process = Process.Start(new ProcessStartInfo(_program, [.. arguments, new Uri(page).AbsoluteUri])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
