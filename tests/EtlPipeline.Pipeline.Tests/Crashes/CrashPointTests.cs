using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>
/// A run is a sequence of effects: calls of the buckets, messages to the database. Whichever of them it is killed at, what AWS does next
/// (the same event again, the next schedule, a sweep) makes the warehouse right.
/// </summary>
public sealed class CrashPointTests(ITestOutputHelper output)
{
    // The oracle keeps every row of every run, so that a pipeline is given up after so many points.
    private const int PointsOfAPipeline = 40;

    [Theory]
    [InlineData(CrashSide.Before, false)]
    [InlineData(CrashSide.After, false)]
    [InlineData(CrashSide.Before, true)]
    [InlineData(CrashSide.After, true)]
    public async Task Wherever_a_run_is_killed_the_next_ones_make_the_warehouse_right(CrashSide side, bool isLarge)
    {
        var tried = new Tried(FirstOf(side), 0, 0, HasEnded: false);
        while (!tried.HasEnded) tried = await TryPointsAsync(tried, side, isLarge);

        output.WriteLine($"{tried.Count} of {tried.Recorded} crash points tried ({side}, {(isLarge ? "large" : "small")} tables).");
        Assert.True(tried.Count * ProofSize.CrashPointStep >= tried.Recorded * 9 / 10, "no two runs have the same effects, but most of them have all of these");
    }

    /// <summary>Tries some points, one after the other, on a pipeline of their own.</summary>
    private static async Task<Tried> TryPointsAsync(Tried tried, CrashSide side, bool isLarge)
    {
        await using var pipeline = await SmallCompany.OpenAsync(isLarge);
        var crash = new CrashSwitch();
        await using var proxy = crash.Endanger(pipeline);
        await pipeline.RunAsync();
        tried = tried with { Recorded = await RecordAsync(pipeline, crash) };

        for (var i = 0; i < PointsOfAPipeline && !tried.HasEnded; i++)
        {
            var wasKilled = await TryKillAsync(pipeline, crash, tried.Next, side);
            await pipeline.RecoverAsync(isRetry: tried.Count % 2 == 0);
            await pipeline.AssertIsCurrentAsync($"killed {side} effect {tried.Next} of {tried.Recorded}");
            tried = tried with { Next = tried.Next + ProofSize.CrashPointStep, Count = tried.Count + 1, HasEnded = !wasKilled };
        }

        await pipeline.AssertIsRightAsync();
        return tried;
    }

    /// <summary>If only some points are tried, the two sides try different ones.</summary>
    private static int FirstOf(CrashSide side) => side == CrashSide.Before ? 0 : ProofSize.CrashPointStep / 2;

    /// <summary>How many effects a run has that carries the changes to the warehouse.</summary>
    private static async Task<int> RecordAsync(TestPipeline pipeline, CrashSwitch crash)
    {
        await pipeline.Database.ExecuteAsync(SmallCompany.Changes);
        crash.Disarm();
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
        Assert.True(crash.Effects > 100, "a run has more effects than that, so some are not counted");
        return crash.Effects;
    }

    private static async Task<bool> TryKillAsync(TestPipeline pipeline, CrashSwitch crash, int at, CrashSide side)
    {
        await pipeline.Database.ExecuteAsync(SmallCompany.Changes);
        return await crash.TryDieAtAsync(at, side, () => pipeline.RunAsync());
    }

    /// <summary>How far it is.</summary>
    /// <param name="Next">The effect at which the next run is killed.</param>
    /// <param name="Count">How many points were tried.</param>
    /// <param name="Recorded">How many effects a run has.</param>
    /// <param name="HasEnded">Whether the last run had fewer effects, and lived.</param>
    private sealed record Tried(int Next, int Count, int Recorded, bool HasEnded);
}
