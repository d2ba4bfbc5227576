using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Settings;
using EtlPipeline.PostgreSqlServers;

namespace EtlPipeline.Local.Demo;

/// <summary>Finds what a demo's server can run in: installed programs first, then Docker.</summary>
internal static class DemoHosts
{
    private const string Advice = """
        There is neither a PostgreSQL nor Docker on this machine. Install one of them and call the demo again:
          Debian, Ubuntu:  sudo apt-get install postgresql
          Fedora, RHEL:    sudo dnf install postgresql-server
          macOS:           brew install postgresql@17
          Windows:         winget install PostgreSQL.PostgreSQL.17
          any system:      Docker, from https://docs.docker.com/get-docker/
        """;

    /// <summary>What the demo's server runs in, or is to be made in.</summary>
    /// <exception cref="ServerException">There is none; the message says what to install.</exception>
    public static async Task<IDemoHost> FindAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        if (ContainerHost.HasMadeOne(folder)) return new ContainerHost(folder);
        if (PostgreSqlBinaries.Find() is { } binaries)
        {
            var place = await ClusterPlace.ChooseAsync(folder, cancellationToken);
            return new ClusterHost(new PrivateCluster(binaries, place, new ClusterOptions()));
        }

        return await ContainerHost.IsDockerThereAsync(cancellationToken) ? new ContainerHost(folder) : throw new ServerException(Advice);
    }
}

/// <summary>What the demo's PostgreSQL runs in. It keeps running when this process ends.</summary>
internal interface IDemoHost
{
    /// <summary>Makes the server if it is missing, and starts it if it is not running.</summary>
    /// <exception cref="ServerException">It could not be made or started.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Whether the server runs.</summary>
    Task<bool> IsRunningAsync(CancellationToken cancellationToken);

    /// <summary>Stops the server; its data stays.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Stops the server and deletes its data.</summary>
    Task DeleteAsync(CancellationToken cancellationToken);

    /// <summary>How to reach a database of the server, once it was started.</summary>
    DatabaseSettings Database(string name);
}

/// <summary>A server from installed programs, as a private cluster.</summary>
internal sealed class ClusterHost(PrivateCluster cluster) : IDemoHost
{
    public Task StartAsync(CancellationToken cancellationToken) => cluster.StartAsync(cancellationToken);

    public Task<bool> IsRunningAsync(CancellationToken cancellationToken) => cluster.IsRunningAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => cluster.StopAsync(cancellationToken);

    public Task DeleteAsync(CancellationToken cancellationToken) => cluster.DeleteAsync(cancellationToken);

    public DatabaseSettings Database(string name) => cluster.Database(name);
}

/// <summary>
/// The folder of a demo's cluster: in the demo's folder, or, if the server's account can't get there (root's home is closed to it), in
/// the temporary folder under a name derived from the demo's folder.
/// </summary>
internal static class ClusterPlace
{
    public static async Task<string> ChooseAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var elsewhere = Path.Combine(Path.GetTempPath(), $"etl-pipeline-demo-{Fingerprint(folder.Root)}");
        if (Directory.Exists(folder.Server)) return folder.Server;
        if (Directory.Exists(elsewhere)) return elsewhere;
        return await ServerAccount.CanReachAsync(folder.Root, cancellationToken) ? folder.Server : elsewhere;
    }

    private static string Fingerprint(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}
