using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Benchmarks;

// dotnet run -c Release --project tests/EtlPipeline.Benchmarks -- [orders] [--write]
// Prints the ratios; --write puts them into docs/performance.md. About ten minutes at 1,000,000 orders, which is the default.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["stage", var stage])
{
    await StageProcess.ServeAsync(stage);
    return 0;
}

var rows = args.Select(argument => long.TryParse(argument, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : 0).FirstOrDefault(number => number > 0, 1_000_000);
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, interrupted.CancelAsync());
var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"etl-benchmarks-{Environment.ProcessId}")).FullName;
if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
try
{
    await using var server = await BenchmarkServer.StartAsync(Path.Combine(folder, "postgresql"), interrupted.Token);
    var measurements = await new BenchmarkRun(server, folder, rows, Console.WriteLine).RunAsync(interrupted.Token);
    if (args.Contains("--write"))
    {
        var version = await server.ScalarAsync<string>("postgres", "SHOW server_version", interrupted.Token);
        await PerformancePage.WriteAsync(Path.Combine(Repository(), "docs"), rows, version, Git("rev-parse --short HEAD"), measurements, Console.WriteLine);
    }

    Console.WriteLine($"{measurements.Count(one => one.IsReached == true)} targets reached, {measurements.Count(one => one.IsReached == false)} missed; the warehouse was right after each step.");
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static string Repository()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (folder is { } && !File.Exists(Path.Combine(folder.FullName, "EtlPipeline.sln"))) folder = folder.Parent;
    return folder?.FullName ?? throw new InvalidOperationException("--write needs the repository around the program.");
}

static string Git(string arguments)
{
    using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, WorkingDirectory = Repository() })!;
    return git.StandardOutput.ReadToEnd().Trim();
}
