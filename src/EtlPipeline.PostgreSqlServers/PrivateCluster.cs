using System.Security.Cryptography;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.PostgreSqlServers;

/// <summary>A PostgreSQL server of our own, made from installed binaries: nobody but its account (and root) can reach it.</summary>
/// <remarks>A server goes on when the process that started it ends; <see cref="StopAsync"/> ends it.</remarks>
public sealed class PrivateCluster
{
    /// <summary>The superuser that the cluster is made with.</summary>
    public const string Role = "postgres";

    private readonly PostgreSqlBinaries _binaries;
    private readonly ClusterOptions _options;
    private readonly string _folder;

    /// <summary>A cluster in a folder; nothing is made or started yet.</summary>
    /// <param name="binaries">The programs to run.</param>
    /// <param name="folder">The cluster's own folder, made if it is missing.</param>
    /// <param name="options">What the server is started with.</param>
    public PrivateCluster(PostgreSqlBinaries binaries, string folder, ClusterOptions options)
    {
        (_binaries, _options, _folder) = (binaries, options, Path.GetFullPath(folder));
    }

    /// <summary>The cluster's folder.</summary>
    public string Folder => _folder;

    /// <summary>The server's log.</summary>
    public string LogFile => Path.Combine(_folder, "server.log");

    /// <summary>Whether the cluster's data were made and its endpoint chosen.</summary>
    public bool Exists => File.Exists(EndpointFile) && File.Exists(Path.Combine(DataFolder, "PG_VERSION"));

    private string DataFolder => Path.Combine(_folder, "data");

    private string EndpointFile => Path.Combine(_folder, "endpoint");

    private string PasswordFile => Path.Combine(_folder, "password");

    /// <summary>How a database of the cluster is reached.</summary>
    /// <exception cref="InvalidOperationException">The cluster was not made yet.</exception>
    public DatabaseSettings Database(string name) => ReadEndpoint().Database(name, ReadPassword());

    /// <summary>Makes the cluster if it is missing, and starts its server if it is not running.</summary>
    /// <exception cref="ServerException">It could not be made or started.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Exists) await CreateAsync(cancellationToken);
        if (await IsRunningAsync(cancellationToken)) return;
        var settings = ReadEndpoint().ServerSettings.Concat(_options.AllSettings).Select(setting => $"-c \"{setting}\"");
        await RunAsync("pg_ctl", ["start", "-w", "-t", "60", "-s", "-D", DataFolder, "-l", LogFile, "-o", string.Join(' ', settings)], cancellationToken);
    }

    /// <summary>Ends the server; sessions that are open are ended with it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (await IsRunningAsync(cancellationToken))
            await RunAsync("pg_ctl", ["stop", "-w", "-s", "-m", _options.IsDurable ? "fast" : "immediate", "-D", DataFolder], cancellationToken);
    }

    /// <summary>Whether the server runs.</summary>
    public async Task<bool> IsRunningAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(DataFolder, "postmaster.pid"))) return false;
        try
        {
            await RunAsync("pg_ctl", ["status", "-D", DataFolder], cancellationToken);
            return true;
        }
        catch (ServerException)
        {
            return false;
        }
    }

    /// <summary>Ends the server and deletes the folder.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        await WriteSecretAsync(cancellationToken);
        await ServerAccount.OwnAsync(_folder, cancellationToken);
        if (!await ServerAccount.CanReachAsync(_folder, cancellationToken))
            throw new ServerException($"PostgreSQL's account can't reach {_folder}: choose a folder that is not below a private one");
        await RunAsync(
            "initdb",
            ["-D", DataFolder, "-U", Role, "-E", "UTF8", "--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256", $"--pwfile={PasswordFile}", .. Durability],
            cancellationToken);
        var endpoint = ClusterEndpoint.Choose(_folder);
        await File.WriteAllTextAsync(EndpointFile, $"{endpoint.Port}\n{endpoint.Host}", cancellationToken);
    }

    private string[] Durability => _options.IsDurable ? [] : ["--no-sync"];

    private async Task WriteSecretAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(PasswordFile, RandomNumberGenerator.GetHexString(32), cancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string ReadPassword() => File.ReadAllText(PasswordFile);

    private ClusterEndpoint ReadEndpoint()
    {
        if (!Exists) throw new InvalidOperationException("The cluster was not made yet.");
        var lines = File.ReadAllLines(EndpointFile);
        return new ClusterEndpoint(lines[1], int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    private Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        ServerProgram.RunAsync(ServerAccount.Command(_binaries.PathOf(program), arguments), cancellationToken);
}

/// <summary>What a private cluster is started with.</summary>
public sealed record ClusterOptions
{
    /// <summary>Whether commits wait for the disk; true by default. A cluster that is thrown away can do without.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>Further server settings, each written <c>name=value</c>; none by default.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    internal IEnumerable<string> AllSettings =>
        IsDurable ? Settings : Settings.Concat(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
}
