using System.Diagnostics;
using EtlPipeline.Testing;

namespace EtlPipeline.Core.Tests.Lake.Folders;

public sealed class ProcessRaceTests
{
    private const int Keys = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_several_processes_exactly_one_wins_each_of_a_thousand_races()
    {
        using var folder = new TestFolder();
        var bucket = folder.Bucket("race");
        string[] writers = ["first", "second", "third"];

        var racers = writers.Select(writer => Start(Path.Combine(folder.Path, "race"), writer)).ToList();
        foreach (var racer in racers) Assert.Equal("ready", await racer.StandardOutput.ReadLineAsync(Cancellation));
        foreach (var racer in racers) await racer.StandardInput.WriteLineAsync("go");
        var wins = await Task.WhenAll(racers.Select(FinishAsync));

        Assert.Equal(Keys, wins.Sum(keys => keys.Count));
        Assert.Equal(Keys, wins.SelectMany(keys => keys).Distinct().Count());
        foreach (var (writer, keys) in writers.Zip(wins))
        {
            foreach (var key in keys)
            {
                await using var stored = await bucket.OpenAsync(key, 0, Cancellation);
                using var reader = new StreamReader(stored!.Body);
                Assert.Equal((writer, writer), (await reader.ReadToEndAsync(Cancellation), stored.Description.Metadata["run"]));
            }
        }
    }

    private static Process Start(string bucket, string writer) => Process.Start(TestProcess.Command("race", bucket, writer, $"{Keys}"))!;

    private static async Task<IReadOnlyList<string>> FinishAsync(Process racer)
    {
        var errors = racer.StandardError.ReadToEndAsync(Cancellation);
        var output = await racer.StandardOutput.ReadToEndAsync(Cancellation);
        await racer.WaitForExitAsync(Cancellation);
        Assert.True(racer.ExitCode == 0, await errors);
        racer.Dispose();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
