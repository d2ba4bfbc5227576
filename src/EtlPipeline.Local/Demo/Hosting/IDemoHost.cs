using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.Demo.Hosting;

/// <summary>What the demo's PostgreSQL runs in. It goes on when this process ends.</summary>
internal interface IDemoHost
{
    /// <summary>Makes the server where it is missing, and starts it where it is not running.</summary>
    /// <exception cref="PostgreSqlServers.ServerException">It could not be made or started.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Whether the server runs.</summary>
    Task<bool> IsRunningAsync(CancellationToken cancellationToken);

    /// <summary>Ends the server; its data stay.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Ends the server and deletes its data.</summary>
    Task DeleteAsync(CancellationToken cancellationToken);

    /// <summary>How a database of the server is reached, once that was started.</summary>
    DatabaseSettings Database(string name);
}
