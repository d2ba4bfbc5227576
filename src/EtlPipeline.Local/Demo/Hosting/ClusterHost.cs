using EtlPipeline.Core.Settings;
using EtlPipeline.PostgreSqlServers;

namespace EtlPipeline.Local.Demo.Hosting;

/// <summary>A server from installed programs, as a private cluster.</summary>
internal sealed class ClusterHost(PrivateCluster cluster) : IDemoHost
{
    public Task StartAsync(CancellationToken cancellationToken) => cluster.StartAsync(cancellationToken);

    public Task<bool> IsRunningAsync(CancellationToken cancellationToken) => cluster.IsRunningAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => cluster.StopAsync(cancellationToken);

    public Task DeleteAsync(CancellationToken cancellationToken) => cluster.DeleteAsync(cancellationToken);

    public DatabaseSettings Database(string name) => cluster.Database(name);
}
