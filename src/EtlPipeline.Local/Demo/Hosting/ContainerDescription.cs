using System.Globalization;
using System.Security.Cryptography;
using EtlPipeline.PostgreSqlServers;

namespace EtlPipeline.Local.Demo.Hosting;

/// <summary>The container of a demo, as its folder remembers it.</summary>
/// <param name="Name">The container's name.</param>
/// <param name="Port">The port of the loopback address that leads to the server.</param>
/// <param name="Password">The password of the server's superuser.</param>
/// <param name="EnvironmentFile">The file by which the container is told the password.</param>
internal sealed record ContainerDescription(string Name, int Port, string Password, string EnvironmentFile)
{
    private const string PasswordVariable = "POSTGRES_PASSWORD=";

    public static bool Exists(DemoFolder folder) => File.Exists(PathIn(folder)) && File.Exists(EnvironmentIn(folder));

    public static ContainerDescription Create(DemoFolder folder)
    {
        var name = $"etl-pipeline-demo-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var port = ClusterEndpoint.FreePort();
        using (var secret = new StreamWriter(new FileStream(EnvironmentIn(folder), OwnerOnly.CreateFile())))
            secret.WriteLine(PasswordVariable + RandomNumberGenerator.GetHexString(32));
        File.WriteAllLines(PathIn(folder), [name, port.ToString(CultureInfo.InvariantCulture)]);
        return Read(folder);
    }

    public static ContainerDescription Read(DemoFolder folder)
    {
        var lines = File.ReadAllLines(PathIn(folder));
        var password = File.ReadAllText(EnvironmentIn(folder)).Trim()[PasswordVariable.Length..];
        return new ContainerDescription(lines[0], int.Parse(lines[1], CultureInfo.InvariantCulture), password, EnvironmentIn(folder));
    }

    private static string PathIn(DemoFolder folder) => Path.Combine(folder.Root, "container");

    private static string EnvironmentIn(DemoFolder folder) => Path.Combine(folder.Root, "container.env");
}
