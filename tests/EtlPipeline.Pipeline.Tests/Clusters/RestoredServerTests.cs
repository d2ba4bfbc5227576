using EtlPipeline.Pipeline.Tests.Harness;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>The source is put back from a backup: its transaction ids then mean something else.</summary>
public sealed class RestoredServerTests
{
    [Fact]
    public async Task A_dump_that_was_restored_into_another_server_gives_a_right_warehouse()
    {
        await using var first = await SourceServer.CreateAsync();
        await using var pipeline = await first.CreatePipelineAsync();
        await first.PassTransactionsAsync(5000);
        await first.RunAsync(pipeline);
        var dump = Path.Combine(first.Cluster.DataFolder, "totesys.dump");
        await first.Cluster.RunClientAsync("pg_dump", "-Fc", "-f", dump, "totesys");

        await using var second = await SourceServer.CreateEmptyAsync();
        await second.Cluster.RunClientAsync("pg_restore", "-d", "totesys", dump);
        await second.ChangeSilentlyAsync();

        Assert.True(await second.NextTransactionAsync() < await first.NextTransactionAsync());
        await second.RunAsync(pipeline);
        await second.LiveADayAsync(0);
        await second.RunAsync(pipeline);
    }

    [Fact]
    public async Task A_restored_copy_of_the_data_files_that_has_lived_another_life_since_gives_a_right_warehouse()
    {
        await using var first = await SourceServer.CreateAsync();
        await using var pipeline = await first.CreatePipelineAsync();
        await first.RunAsync(pipeline);
        await using var restored = await first.BackUpAsync();
        await first.LiveADayAsync(0);
        await first.ChangeSilentlyAsync();
        await first.PassTransactionsAsync(5000);
        await first.RunAsync(pipeline);
        var (lost, identifier) = (await first.NextTransactionAsync(), await IdentifierAsync(first));
        await first.Cluster.StopAsync();

        await restored.Cluster.StartAsync();
        await restored.LiveADayAsync(0);
        await restored.Database.ExecuteAsync("UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 3 = 0");
        await restored.PassTransactionsAsync(10_000);

        Assert.Equal(identifier, await IdentifierAsync(restored));
        Assert.True(await restored.NextTransactionAsync() > lost);
        await restored.RunAsync(pipeline);
        await restored.ChangeSilentlyAsync();
        await restored.RunAsync(pipeline);
    }

    private static Task<string> IdentifierAsync(SourceServer server) => server.Database.ScalarAsync<string>(
        "SELECT concat_ws('/', system_identifier, timeline_id) FROM pg_control_system(), pg_control_checkpoint()");
}
