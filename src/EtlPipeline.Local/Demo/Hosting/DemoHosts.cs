using EtlPipeline.PostgreSqlServers;

namespace EtlPipeline.Local.Demo.Hosting;

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

    /// <summary>What the demo's server runs in, or would be made in.</summary>
    /// <exception cref="ServerException">There is nothing; the message says what to install.</exception>
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
