using CsCheck;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>Random histories of writers, some of whose transactions stay open over several extracts.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const ulong Seed = 20261125;
    private const int ShrinkingTries = 200;
    private static readonly DateTimeOffset Now = new(2024, 6, 17, 12, 0, 0, TimeSpan.Zero);

    // Some forty sales and twenty purchases: few enough to be quick, and so many that each action finds rows to change.
    private static readonly SampleHistory Sample = new(new SampleOptions { Scale = 0.2, Start = new DateOnly(2024, 6, 3) });

    private static readonly Gen<HistoryStep[]> Histories = Gen.Frequency(
            (8, Gen.Const(HistoryStepKind.Write)),
            (2, Gen.Const(HistoryStepKind.WriteLate)),
            (1, Gen.Const(HistoryStepKind.CommitLate)),
            (1, Gen.Const(HistoryStepKind.Prepare)),
            (1, Gen.Const(HistoryStepKind.CommitPrepared)),
            (4, Gen.Const(HistoryStepKind.Run)))
        .Select(Gen.Int[0, 999], (kind, number) => new HistoryStep(kind, number))
        .Array[4, 20];

    [Fact]
    public async Task Whatever_writers_do_the_warehouse_has_every_state_that_an_extract_saw_once_and_in_order()
    {
        output.WriteLine($"{ProofSize.Histories} histories, of the seed {Seed}.");
        var steps = new Dictionary<string, int>();
        for (uint number = 0; number < ProofSize.Histories; number++)
        {
            var random = new PCG(number, Seed);
            var seed = random.ToString();
            var history = Histories.Generate(random, null, out _);
            foreach (var step in history) steps[step.Name] = steps.GetValueOrDefault(step.Name) + 1;
            if (!await IsRightAfterAsync(history)) await FailAsync(seed, history);
        }

        output.WriteLine(string.Join(", ", steps.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => $"{step.Key}: {step.Value}")));
    }

    /// <summary>Every action works: what can't be done in a history is left out of it in silence, and that must not be all there is.</summary>
    [Fact]
    public async Task Every_action_of_a_writer_arrives_by_itself()
    {
        for (var number = 0; number < WriterAction.All.Count; number++)
        {
            HistoryStep[] history = [new(HistoryStepKind.Write, number), new(HistoryStepKind.Run, 0), new(HistoryStepKind.Write, number)];
            Assert.True(await IsRightAfterAsync(history), $"{history[0]} does not arrive");
        }
    }

    /// <summary>Makes a history that fails small.</summary>
    private static async Task FailAsync(string seed, HistoryStep[] history)
    {
        await Histories.SampleAsync(IsRightAfterAsync, seed: seed, iter: ShrinkingTries, threads: 1, print: Print);
        Assert.Fail($"once, but not again, the warehouse was not right after: {Print(history)} (seed {seed})");
    }

    private static string Print(HistoryStep[] history) => string.Join(", ", history);

    private static async Task<bool> IsRightAfterAsync(HistoryStep[] steps)
    {
        await using var pipeline = await TestPipeline.CreateFilledAsync(Sample, Now);
        await using var run = await HistoryRun.BeginAsync(pipeline);
        foreach (var step in steps) await run.TakeAsync(step);
        await run.EndAsync();
        return (await pipeline.Oracle.FindDifferencesAsync()).Count == 0;
    }
}
