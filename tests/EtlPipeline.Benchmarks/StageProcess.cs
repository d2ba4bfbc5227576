using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Load;
using EtlPipeline.Transform;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtlPipeline.Benchmarks;

/// <summary>What one call of a stage cost, in a process of its own, from the call to its end: start-up isn't in it.</summary>
/// <param name="Seconds">Time gone by.</param>
/// <param name="ProcessorSeconds">Processor time of the stage's process; the server's isn't in it.</param>
/// <param name="PeakMegabytes">The most memory resident.</param>
/// <param name="TemporaryMegabytes">The most that temporary files took.</param>
/// <param name="Rows">Rows that it wrote.</param>
/// <param name="Versions">Versions that it wrote.</param>
internal sealed record StageCost(double Seconds, double ProcessorSeconds, double PeakMegabytes, double TemporaryMegabytes, long Rows, int Versions);

/// <summary>A pipeline to measure: its databases and buckets.</summary>
/// <param name="Oltp">The source.</param>
/// <param name="Warehouse">The warehouse.</param>
/// <param name="Folder">The folder of its two buckets.</param>
internal sealed record MeasuredPipeline(DatabaseSettings Oltp, DatabaseSettings Warehouse, string Folder)
{
    /// <summary>The ingestion bucket's folder.</summary>
    public string Ingestion => Path.Combine(Folder, "ingestion");

    /// <summary>The processed bucket's folder.</summary>
    public string Processed => Path.Combine(Folder, "processed");
}

/// <summary>Runs stages in processes of their own, so that memory and processor time are theirs alone.</summary>
internal static class StageProcess
{
    /// <summary>Runs a stage once and measures it.</summary>
    public static async Task<StageCost> RunAsync(string stage, MeasuredPipeline pipeline, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(typeof(StageProcess).Assembly.Location);
        start.ArgumentList.Add("stage");
        start.ArgumentList.Add(stage);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(pipeline));
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<StageCost>(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!
            : throw new InvalidOperationException($"{stage} failed:{Environment.NewLine}{output}");
    }

    /// <summary>What such a process does.</summary>
    public static async Task ServeAsync(string stage)
    {
        var pipeline = JsonSerializer.Deserialize<MeasuredPipeline>(await Console.In.ReadToEndAsync())!;
        using var files = new TemporaryFileMeter();
        var (started, processor) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        var (rows, versions) = await CallAsync(stage, pipeline);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var used = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new StageCost(seconds, used, PeakMegabytes(), files.PeakMegabytes, rows, versions)));
    }

    private static async Task<(long Rows, int Versions)> CallAsync(string stage, MeasuredPipeline pipeline)
    {
        var (clock, logger) = (TimeProvider.System, NullLogger.Instance);
        var invocation = Invocation.Unlimited($"benchmark-{stage}", CancellationToken.None);
        var (ingestion, processed) = (Bucket(pipeline.Ingestion), Bucket(pipeline.Processed));
        switch (stage)
        {
            case "extract" or "extract-full":
                await using (var oltp = new PostgreSqlDatabase(pipeline.Oltp, new SessionOptions()))
                {
                    var summary = await new ExtractStage(new PostgreSqlSource(oltp, logger), ingestion, new ExtractOptions { Tables = TableList.Default }, clock, logger)
                        .RunAsync(new ExtractRequest { IsFull = stage == "extract-full" }, invocation);
                    return (summary.Versions.Sum(version => version.Rows), summary.Versions.Count);
                }

            case "transform":
                var transformed = await new TransformStage(ingestion, processed, new EtlPipeline.Transform.Calendar(new DateOnly(2024, 1, 1), 2557), clock, logger)
                    .RunAsync(new StageEvent.Sweep(), invocation);
                return (transformed.Versions.Sum(version => version.Rows), transformed.Versions.Count);
            default:
                await using (var warehouse = new PostgreSqlDatabase(pipeline.Warehouse, new SessionOptions()))
                {
                    var loaded = await new LoadStage(processed, warehouse, clock, logger).RunAsync(new StageEvent.Sweep(), invocation);
                    return (loaded.Versions.Sum(version => version.Rows), loaded.Versions.Count);
                }
        }
    }

    private static Core.Lake.Folders.FolderObjectStore Bucket(string folder) => new Core.Lake.Folders.FolderObjectStore(folder);

    /// <summary>The high-water mark of resident memory (proc(5), <c>VmHWM</c>).</summary>
    private static double PeakMegabytes()
    {
        if (!OperatingSystem.IsLinux()) return Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}

/// <summary>Watches how much the process's temporary files take. They have no names, so their descriptors are looked at.</summary>
internal sealed class TemporaryFileMeter : IDisposable
{
    private readonly Timer? _timer;
    private long _peak;

    public TemporaryFileMeter() => _timer = OperatingSystem.IsLinux() ? new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50)) : null;

    public double PeakMegabytes => _peak / 1e6;

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        var total = 0L;
        foreach (var descriptor in Directory.EnumerateFiles("/proc/self/fd"))
        {
            try
            {
                if (new FileInfo(descriptor).LinkTarget?.Contains("etl-pipeline-", StringComparison.Ordinal) != true) continue;
                using var file = File.OpenHandle(descriptor);
                total += RandomAccess.GetLength(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Closed meanwhile.
            }
        }

        _peak = Math.Max(_peak, total);
    }
}
