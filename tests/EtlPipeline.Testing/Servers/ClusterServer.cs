using EtlPipeline.Core.Settings;
using EtlPipeline.PostgreSqlServers;

namespace EtlPipeline.Testing.Servers;

/// <summary>A private cluster of this process, deleted at its end. What killed processes left behind is removed at the next start.</summary>
internal static class ClusterServer
{
    private static readonly ClusterOptions Options = new()
    {
        IsDurable = false,
        Settings = ["max_prepared_transactions=20", "max_connections=300", "shared_buffers=64MB", "max_wal_size=2GB"],
    };

    public static async Task<DatabaseSettings> StartAsync()
    {
        var binaries = PostgreSqlBinaries.Find() ?? throw new ServerException(
            "No PostgreSQL for the tests: name a server in ETL_TEST_POSTGRESQL, start Docker, or install PostgreSQL's server programs.");
        await RemoveDeadAsync(binaries);
        var cluster = new PrivateCluster(binaries, ClusterFolder.Make("shared"), Options);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.DeleteAsync(CancellationToken.None).GetAwaiter().GetResult();
        await cluster.StartAsync(CancellationToken.None);
        return cluster.Database("postgres");
    }

    private static async Task RemoveDeadAsync(PostgreSqlBinaries binaries)
    {
        foreach (var folder in ClusterFolder.FindDead())
        {
            try
            {
                await new PrivateCluster(binaries, folder, Options).DeleteAsync(CancellationToken.None);
            }
            catch (Exception exception) when (exception is IOException or ServerException)
            {
                // Another test process removes it at the same moment.
            }
        }
    }
}
