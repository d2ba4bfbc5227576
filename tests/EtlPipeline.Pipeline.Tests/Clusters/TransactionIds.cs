using System.Globalization;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Servers;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>Lets a server's transaction ids jump ahead, as if so many transactions had passed.</summary>
internal static class TransactionIds
{
    // A segment of the commit log: two bits a transaction, 32 pages of 8 KB (PostgreSQL, slru.h and clog.c).
    private const int SegmentSize = 32 * 8192;
    private const uint TransactionsOfASegment = SegmentSize * 4;

    // PostgreSQL stops at 2^31 transactions after the oldest row that is not frozen, so it is done in jumps.
    private const uint LongestJump = 1_500_000_000;

    /// <summary>Stops the server and starts it again with another next id.</summary>
    public static async Task AdvanceAsync(SourceServer source, uint next)
    {
        for (var now = (uint)await source.NextTransactionAsync(); now < next;)
        {
            now = next - now > LongestJump ? now + LongestJump : next;
            await JumpAsync(source.Cluster, now);
        }
    }

    private static async Task JumpAsync(TestCluster cluster, uint next)
    {
        await FreezeAsync(cluster);
        await cluster.StopAsync();
        var segment = (next / TransactionsOfASegment).ToString("X4", CultureInfo.InvariantCulture);
        await cluster.WriteFileAsync(Path.Combine("pg_xact", segment), new byte[SegmentSize]);
        await cluster.RunAsync("pg_resetwal", "-x", next.ToString(CultureInfo.InvariantCulture), "-D", cluster.DataFolder);
        await cluster.StartAsync();
    }

    private static async Task FreezeAsync(TestCluster cluster)
    {
        var maintenance = TestDatabase.On(cluster, "postgres");
        await maintenance.ExecuteAsync("ALTER DATABASE template0 ALLOW_CONNECTIONS true");
        foreach (var name in await maintenance.RowsAsync("SELECT datname FROM pg_database"))
            await TestDatabase.On(cluster, name).ExecuteAsync("VACUUM FREEZE");
    }
}
