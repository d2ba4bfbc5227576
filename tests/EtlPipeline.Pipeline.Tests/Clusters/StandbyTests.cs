using EtlPipeline.Core.Hosting;
using EtlPipeline.Pipeline.Tests.Harness;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>The source is a hot standby, or takes a primary's place.</summary>
public sealed class StandbyTests
{
    [Fact]
    public async Task A_standby_is_a_source_and_stays_one_when_it_is_promoted()
    {
        await using var primary = await SourceServer.CreateAsync();
        await using var pipeline = await primary.CreatePipelineAsync();
        await using var standby = await primary.FollowAsync();
        await standby.RunAsync(pipeline);

        await primary.ChangeSilentlyAsync();
        await standby.CatchUpWithAsync(primary);
        await standby.RunAsync(pipeline);

        await primary.Cluster.KillAsync();
        await PromoteAsync(standby);
        await standby.ChangeSilentlyAsync();
        await standby.RunAsync(pipeline);
    }

    [Fact]
    public async Task A_standby_that_lags_behind_the_primary_is_refused_until_it_has_caught_up()
    {
        await using var primary = await SourceServer.CreateAsync();
        await using var pipeline = await primary.CreatePipelineAsync();
        await using var standby = await primary.FollowAsync();
        await primary.RunAsync(pipeline);
        await standby.CatchUpWithAsync(primary);
        await standby.Database.ExecuteAsync("SELECT pg_wal_replay_pause()");
        await primary.ChangeSilentlyAsync();
        await primary.RunAsync(pipeline);

        pipeline.Database = standby.Database;
        var refused = await Assert.ThrowsAsync<StageFailedException>(() => pipeline.ExtractAsync());
        await pipeline.DrainAsync();

        Assert.All(refused.Failures, failure => Assert.Contains("this standby has replayed only", failure.Cause.Message, StringComparison.Ordinal));
        Assert.Contains("sales_order", refused.Failures.Select(failure => failure.Subject));
        await pipeline.AssertIsRightAsync();

        await standby.Database.ExecuteAsync("SELECT pg_wal_replay_resume()");
        await standby.CatchUpWithAsync(primary);
        await standby.RunAsync(pipeline);
    }

    [Fact]
    public async Task A_failover_that_lost_transactions_takes_them_back_in_the_warehouse()
    {
        await using var primary = await SourceServer.CreateAsync();
        await using var pipeline = await primary.CreatePipelineAsync();
        await using var standby = await primary.FollowAsync();
        await primary.RunAsync(pipeline);
        await standby.CatchUpWithAsync(primary);
        await standby.Cluster.StopAsync();
        await primary.LiveADayAsync(0);
        await primary.ChangeSilentlyAsync();
        await primary.RunAsync(pipeline);
        var lost = await primary.NextTransactionAsync();
        await primary.Cluster.KillAsync();

        await standby.Cluster.StartAsync();
        await PromoteAsync(standby);
        await standby.Database.ExecuteAsync("UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 3 = 0");
        await standby.PassTransactionsAsync(1000);

        Assert.True(await standby.NextTransactionAsync() > lost);
        await standby.RunAsync(pipeline);
    }

    private static async Task PromoteAsync(SourceServer standby)
    {
        Assert.True(await standby.Database.ScalarAsync<bool>("SELECT pg_is_in_recovery()"));
        Assert.True(await standby.Database.ScalarAsync<bool>("SELECT pg_promote()"));
    }
}
