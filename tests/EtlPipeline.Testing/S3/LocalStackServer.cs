using DotNet.Testcontainers.Builders;
using Testcontainers.LocalStack;

namespace EtlPipeline.Testing.S3;

/// <summary>LocalStack in a container, which the resource reaper of Testcontainers removes after the test process.</summary>
internal static class LocalStackServer
{
    private const string Image = "localstack/localstack:4.4.0";

    public static async Task<Uri?> TryStartAsync()
    {
        try
        {
            var container = new LocalStackBuilder(Image).WithEnvironment("SERVICES", "s3").Build();
            await container.StartAsync();
            return new Uri(container.GetConnectionString());
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }
}
