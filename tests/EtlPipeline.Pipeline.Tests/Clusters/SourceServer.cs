using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Servers;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>A server of a test's own with a totesys database.</summary>
internal sealed class SourceServer : IAsyncDisposable
{
    private const string Totesys = "totesys";

    private static readonly DateTimeOffset FirstDay = new(2024, 12, 30, 20, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 9, 2) });

    private SourceServer(TestCluster cluster) => (Cluster, Database) = (cluster, TestDatabase.On(cluster, Totesys));

    public TestCluster Cluster { get; }

    public TestDatabase Database { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A server whose database has no tables.</summary>
    public static async Task<SourceServer> CreateEmptyAsync()
    {
        var source = new SourceServer(await TestCluster.CreateAsync());
        await TestDatabase.On(source.Cluster, "postgres").ExecuteAsync($"CREATE DATABASE {Totesys}");
        return source;
    }

    /// <summary>A server whose tables are filled.</summary>
    public static async Task<SourceServer> CreateAsync()
    {
        var source = await CreateEmptyAsync();
        await using var connection = await source.Database.OpenAsync();
        await TotesysSchema.CreateAsync(connection, Token);
        await TotesysDatabase.FillAsync(connection, History, FirstDay, Token);
        return source;
    }

    /// <summary>A pipeline that reads this server, whose tables count as large.</summary>
    public async Task<TestPipeline> CreatePipelineAsync()
    {
        var pipeline = await TestPipeline.CreateAsync(Database);
        pipeline.FollowAll();
        return pipeline;
    }

    /// <summary>Runs a pipeline on this server; then the warehouse has to be right.</summary>
    public async Task RunAsync(TestPipeline pipeline)
    {
        pipeline.Database = Database;
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
    }

    /// <summary>A copy of the data files as they are now, not started.</summary>
    public async Task<SourceServer> BackUpAsync() => new(await Cluster.BackUpAsync(isStandby: false));

    /// <summary>A standby that follows this server.</summary>
    public async Task<SourceServer> FollowAsync()
    {
        var standby = new SourceServer(await Cluster.BackUpAsync(isStandby: true));
        await standby.Cluster.StartAsync();
        return standby;
    }

    /// <summary>Waits until this standby has replayed what the primary has written.</summary>
    public async Task CatchUpWithAsync(SourceServer primary)
    {
        var written = await primary.Database.ScalarAsync<string>("SELECT pg_current_wal_flush_lsn()::text");
        while (!await Database.ScalarAsync<bool>($"SELECT pg_last_wal_replay_lsn() >= '{written}'")) await Task.Delay(5, Token);
    }

    /// <summary>Lives a day, counted from 0; they have to be lived in order.</summary>
    public async Task LiveADayAsync(int day)
    {
        await using var connection = await Database.OpenAsync();
        await TotesysDatabase.AdvanceAsync(connection, History, FirstDay.AddDays(day), FirstDay.AddDays(day + 1), Token);
    }

    /// <summary>Changes rows of four tables without a trace in <c>last_updated</c>, and deletes an order.</summary>
    public async Task ChangeSilentlyAsync()
    {
        await using var connection = await Database.OpenAsync();
        await TotesysIncidents.UpdateSilentlyAsync(connection, 3, Token);
        await TotesysIncidents.DeleteSalesOrderAsync(connection, await Database.ScalarAsync<int>("SELECT min(sales_order_id) FROM sales_order"), Token);
        await Database.ExecuteAsync("""
            UPDATE purchase_order SET item_quantity = item_quantity + 1 WHERE purchase_order_id = (SELECT min(purchase_order_id) FROM purchase_order);
            UPDATE address SET phone = phone || '1' WHERE address_id = (SELECT min(legal_address_id) FROM counterparty);
            """);
    }

    /// <summary>Uses transaction ids up.</summary>
    public Task PassTransactionsAsync(int count) =>
        Database.ExecuteAsync($"DO $$ BEGIN FOR i IN 1..{count} LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");

    /// <summary>The id that the next transaction gets.</summary>
    public Task<ulong> NextTransactionAsync() => Database.ScalarAsync<ulong>("SELECT pg_snapshot_xmax(pg_current_snapshot())");

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
