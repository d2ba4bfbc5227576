using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Load.Tests.Parquet;

/// <summary>Damaged files, read in a process of its own: what a native library does with them may end a process.</summary>
public class ParquetFuzzTests(ITestOutputHelper output)
{
    private const long MostMemory = 1024;

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    public async Task A_damaged_file_is_read_or_refused_and_takes_neither_the_process_nor_more_memory_than_a_function_has(int seed)
    {
        using var folder = new TestFolder();
        await WriteAsync(folder, "payments", "SELECT i AS id, i % 3 = 0 AS paid, CAST(i AS DECIMAL(10,2)) AS amount, TIME '10:00:00' AS at FROM range(1, 41) AS r(i)", "COMPRESSION zstd");
        await WriteAsync(folder, "texts", "SELECT i AS id, CASE WHEN i % 3 = 0 THEN NULL ELSE repeat('text ', i) END AS text FROM range(1, 100) AS r(i)", "COMPRESSION snappy");
        await WriteAsync(folder, "plain", "SELECT i AS id, 'x' || i AS text, DATE '2026-11-23' + CAST(i AS INTEGER) AS day FROM range(1, 20) AS r(i)", "COMPRESSION uncompressed");

        var trial = await RunAsync(folder, seed, ProofSize.DamagedFiles);

        output.WriteLine(trial.Output);
        Assert.True(trial.ExitCode == 0, $"seed {seed}, the file that did it was {await CurrentAsync(folder)}:\n{trial.Error}");
        var memory = long.Parse(trial.Output.Split(' ')[^4], CultureInfo.InvariantCulture);
        Assert.InRange(memory, 0, MostMemory);
    }

    private static async Task WriteAsync(TestFolder folder, string name, string query, string options)
    {
        var body = await TestFiles.WriteAsync(query, $"FORMAT parquet, {options}");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, $"{name}.parquet"), body, TestContext.Current.CancellationToken);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(TestFolder folder, int seed, int rounds)
    {
        using var process = Process.Start(TestProcess.Command("read-damaged-parquet", folder.Path, $"{seed}", $"{rounds}"))!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Trim(), await error);
    }

    private static async Task<string> CurrentAsync(TestFolder folder)
    {
        var current = Path.Combine(folder.Path, "current.parquet");
        return File.Exists(current) ? Convert.ToHexString(await File.ReadAllBytesAsync(current, TestContext.Current.CancellationToken)) : "none";
    }
}
