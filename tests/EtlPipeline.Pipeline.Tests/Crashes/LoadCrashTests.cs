using EtlPipeline.Core.Hosting;
using EtlPipeline.Pipeline.Tests.Harness;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>The load of one version has few effects, so that every one of them is tried, whatever the proofs' size.</summary>
public sealed class LoadCrashTests(ITestOutputHelper output)
{
    private const string ChangeAnOrder =
        "UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = (SELECT max(sales_order_id) FROM sales_order)";

    [Theory]
    [InlineData(CrashSide.Before, false)]
    [InlineData(CrashSide.After, false)]
    [InlineData(CrashSide.Before, true)]
    [InlineData(CrashSide.After, true)]
    public async Task Wherever_the_load_of_a_version_is_killed_the_same_event_loads_it_once(CrashSide side, bool isLarge)
    {
        await using var pipeline = await SmallCompany.OpenAsync(isLarge);
        await pipeline.RunAsync();
        var crash = new CrashSwitch();
        await using var proxy = crash.Endanger(pipeline);
        var recorded = await RecordAsync(pipeline, crash);

        var (tried, wasKilled) = (0, true);
        for (var at = 0; wasKilled; at++)
        {
            var version = await BringAVersionAsync(pipeline);
            wasKilled = await crash.TryDieAtAsync(at, side, () => pipeline.LoadAsync(version));
            await pipeline.UntilSessionsHaveEndedAsync();
            await pipeline.LoadAsync(version);
            await pipeline.AssertIsCurrentAsync($"killed {side} effect {at} of {recorded}");
            tried = at;
        }

        await pipeline.AssertIsRightAsync();
        output.WriteLine($"All {tried} crash points of a load tried ({side}, {(isLarge ? "large" : "small")} table).");
        Assert.True(tried >= recorded * 9 / 10, "no two loads have the same effects, but most of them have all of these");
    }

    private static async Task<int> RecordAsync(TestPipeline pipeline, CrashSwitch crash)
    {
        var version = await BringAVersionAsync(pipeline);
        crash.Disarm();
        await pipeline.LoadAsync(version);
        return crash.Effects;
    }

    /// <summary>Changes one order, and brings the change up to the processed bucket.</summary>
    private static async Task<StageEvent> BringAVersionAsync(TestPipeline pipeline)
    {
        await pipeline.Database.ExecuteAsync(ChangeAnOrder);
        await pipeline.CaptureAsync();
        await pipeline.ExtractAsync();
        foreach (var created in pipeline.Ingestion.TakeEvents()) await pipeline.TransformAsync(TestPipeline.OverTheWire(created));
        return TestPipeline.OverTheWire(pipeline.Processed.TakeEvents());
    }
}
