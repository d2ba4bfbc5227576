using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using EtlPipeline.Core.Settings;
using EtlPipeline.PostgreSqlServers;

namespace EtlPipeline.Local.Demo;

/// <summary>
/// A server in a container. It is made by Docker's own command because Testcontainers removes its containers when the process ends, and
/// this one stays.
/// </summary>
internal sealed class ContainerHost(DemoFolder folder) : IDemoHost
{
    private const string Image = "postgres:17";
    private const string User = "postgres";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    /// <summary>Whether the demo's server is in a container already.</summary>
    public static bool HasMadeOne(DemoFolder folder) => ContainerDescription.Exists(folder);

    /// <summary>Whether Docker answers.</summary>
    public static Task<bool> IsDockerThereAsync(CancellationToken cancellationToken) => SucceedsAsync(["version"], cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var container = ContainerDescription.Exists(folder) ? ContainerDescription.Read(folder) : ContainerDescription.Create(folder);
        if (await SucceedsAsync(["container", "inspect", container.Name], cancellationToken))
            await RunAsync(["start", container.Name], cancellationToken);
        else await RunAsync(CommandOf(container), cancellationToken);
        await WaitUntilReadyAsync(container, cancellationToken);
    }

    public async Task<bool> IsRunningAsync(CancellationToken cancellationToken) =>
        ContainerDescription.Exists(folder) && await IsReadyAsync(ContainerDescription.Read(folder), cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (ContainerDescription.Exists(folder)) await RunAsync(["stop", ContainerDescription.Read(folder).Name], cancellationToken);
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        if (ContainerDescription.Exists(folder))
            await RunAsync(["rm", "--force", "--volumes", ContainerDescription.Read(folder).Name], cancellationToken);
    }

    public DatabaseSettings Database(string name)
    {
        var container = ContainerDescription.Read(folder);
        return new DatabaseSettings
        {
            Host = IPAddress.Loopback.ToString(),
            Port = container.Port,
            Database = name,
            User = User,
            Password = container.Password,
            Security = ConnectionSecurity.Disable,
        };
    }

    private static string[] CommandOf(ContainerDescription container) =>
    [
        "run", "--detach", "--name", container.Name, "--env-file", container.EnvironmentFile, "--publish", $"127.0.0.1:{container.Port}:5432", Image,
    ];

    private static async Task WaitUntilReadyAsync(ContainerDescription container, CancellationToken cancellationToken)
    {
        for (var tries = LongestStart / Pause; tries > 0; tries--)
        {
            if (await IsReadyAsync(container, cancellationToken)) return;
            await Task.Delay(Pause, cancellationToken);
        }

        throw new ServerException($"The server in the container {container.Name} does not answer; `docker logs {container.Name}` may say why.");
    }

    // Over TCP, because the image first runs a server that listens only on its socket.
    private static Task<bool> IsReadyAsync(ContainerDescription container, CancellationToken cancellationToken) =>
        SucceedsAsync(["exec", container.Name, "pg_isready", "-q", "-h", "127.0.0.1", "-U", User], cancellationToken);

    private static async Task<bool> SucceedsAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(arguments, cancellationToken);
            return true;
        }
        catch (ServerException)
        {
            return false;
        }
    }

    private static Task RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        ServerProgram.RunAsync(new ProcessStartInfo("docker", arguments), cancellationToken);
}

/// <summary>The container of a demo, as noted in the demo's folder.</summary>
/// <param name="Name">The container's name.</param>
/// <param name="Port">The loopback port that leads to the server.</param>
/// <param name="Password">The password of the server's superuser.</param>
/// <param name="EnvironmentFile">The file that tells the container the password.</param>
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

/// <summary>Creates files for secrets, which only their owner can read from the start.</summary>
internal static class OwnerOnly
{
    public static FileStreamOptions CreateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
