using DotNet.Testcontainers.Builders;
using EtlPipeline.Core.Settings;
using Testcontainers.PostgreSql;

namespace EtlPipeline.Testing.Servers;

/// <summary>A server in a container, if Docker runs.</summary>
internal static class ContainerServer
{
    private static readonly string Image = $"postgres:{Environment.GetEnvironmentVariable("ETL_TEST_POSTGRESQL_VERSION") ?? "17"}";

    public static async Task<DatabaseSettings?> TryStartAsync()
    {
        if (!IsDockerThere()) return null;
        try
        {
            var container = new PostgreSqlBuilder(Image).WithCommand("-c", "max_prepared_transactions=20", "-c", "max_connections=300", "-c", "fsync=off").Build();
            await container.StartAsync();
            return NamedServer.Read(container.GetConnectionString());
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Testcontainers looks long for an engine that is not there, so a machine without any sign of one is not asked.</summary>
    private static bool IsDockerThere() =>
        OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } || File.Exists("/var/run/docker.sock");
}
