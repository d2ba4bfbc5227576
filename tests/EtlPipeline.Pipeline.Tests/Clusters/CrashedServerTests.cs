using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing.Servers;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>The source's server dies, and forgets what it had committed asynchronously, although the pipeline has seen it.</summary>
public sealed class CrashedServerTests
{
    private const int MostCrashes = 5;

    // A commit that nobody waits for stays in memory for as long as PostgreSQL allows.
    private static readonly string[] Lazily = ["wal_writer_delay=10s", "bgwriter_lru_maxpages=0", "autovacuum=off"];

    private const string Units = "SELECT sum(units_sold) FROM sales_order WHERE sales_order_id % 10 = 0";

    [Fact]
    public async Task What_a_crash_takes_back_is_taken_back_in_the_warehouse()
    {
        await using var source = await SourceServer.CreateAsync();
        await using var pipeline = await source.CreatePipelineAsync();
        await source.RunAsync(pipeline);

        var isLost = false;
        for (var crash = 0; crash < MostCrashes && !isLost; crash++) isLost = await LoseACommitAsync(source, pipeline);
        Assert.True(isLost, $"The server kept an asynchronous commit {MostCrashes} times.");
    }

    /// <summary>Commits, runs, and lets the server die and live on, beyond the number that the lost transaction had.</summary>
    private static async Task<bool> LoseACommitAsync(SourceServer source, TestPipeline pipeline)
    {
        await RestartAsync(source.Cluster, source.Cluster.StopAsync);
        await source.Database.ExecuteAsync("SET synchronous_commit = off; UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 10 = 0");
        var (units, seen) = (await source.Database.ScalarAsync<long>(Units), await source.NextTransactionAsync());
        await source.RunAsync(pipeline);

        await RestartAsync(source.Cluster, source.Cluster.KillAsync);
        var isLost = await source.Database.ScalarAsync<long>(Units) < units;
        Assert.Equal(isLost, await source.NextTransactionAsync() < seen);
        await source.Database.ExecuteAsync("UPDATE sales_order SET units_sold = units_sold + 2 WHERE sales_order_id % 10 = 1");
        await source.PassTransactionsAsync(1000);
        await source.RunAsync(pipeline);
        return isLost;
    }

    private static async Task RestartAsync(TestCluster cluster, Func<Task> endAsync)
    {
        await endAsync();
        await cluster.StartAsync(Lazily);
    }
}
