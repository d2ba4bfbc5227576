using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Pipeline.Tests.Crashes;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Pipeline.Tests.Wire;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Faults;

/// <summary>
/// Here the run lives on when its connection breaks, unlike in the crash points: it has to say what was wrong, give up what it was at, and
/// leave everything so that the next run makes it good.
/// </summary>
public sealed class BrokenConnectionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(CrashSide.Before)]
    [InlineData(CrashSide.After)]
    public Task Whenever_the_server_ends_the_sessions_the_next_runs_make_the_warehouse_right(CrashSide side) =>
        TryAsync((pipeline, fault) => new TerminatingCarrier(fault, side, pipeline.EndSessionsAsync));

    [Fact]
    public Task Wherever_a_connection_is_cut_within_a_row_the_next_runs_make_the_warehouse_right() =>
        TryAsync((_, fault) => new CuttingCarrier(fault));

    private async Task TryAsync(Func<TestPipeline, FaultSwitch, IWireCarrier> createCarrier)
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        var fault = new FaultSwitch();
        await using var proxy = new WireProxy(pipeline.Database.Settings, () => createCarrier(pipeline, fault));
        pipeline.Reach = proxy.Reach;
        await pipeline.RunAsync();
        var moments = await RecordAsync(pipeline, fault);

        var (tried, told) = (0, 0);
        var step = Math.Max(1, moments / ProofSize.BrokenConnections);
        for (var at = 0; at < moments; at += step)
        {
            if (await IsToldAsync(pipeline, fault, at)) told++;
            // Transactions of other databases on the server make a run read more rows again than another, so the last moments may not come.
            if (fault.HasStruck) tried++;
            fault.Disarm();
            await pipeline.RecoverAsync(isRetry: tried % 2 == 0);
            await pipeline.AssertIsRightAsync($"broken at {at} of {moments}");
        }

        output.WriteLine($"{tried} of {moments} moments tried; {told} runs failed and said so.");
        Assert.True(told > 0 && tried > moments / step / 2, "hardly a run noticed that its connection was gone, so nothing was tried");
    }

    private static async Task<int> RecordAsync(TestPipeline pipeline, FaultSwitch fault)
    {
        await pipeline.Database.ExecuteAsync(SmallCompany.Changes);
        fault.Disarm();
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
        Assert.True(fault.Moments > 100, "a run has more messages than that, so some are not counted");
        return fault.Moments;
    }

    /// <summary>Whether the run failed; a session that ends when all is done needs no mention.</summary>
    private static async Task<bool> IsToldAsync(TestPipeline pipeline, FaultSwitch fault, int at)
    {
        await pipeline.Database.ExecuteAsync(SmallCompany.Changes);
        fault.Set(at);
        try
        {
            await pipeline.RunAsync();
        }
        catch (Exception exception) when (exception is StageFailedException or DatabaseException)
        {
            Assert.Contains((DatabaseSettings[])[pipeline.Reach(pipeline.Database.Settings), pipeline.Reach(pipeline.Warehouse.Settings)],
                settings => exception.Message.Contains(settings.Database, StringComparison.Ordinal));
            return true;
        }

        return false;
    }
}
