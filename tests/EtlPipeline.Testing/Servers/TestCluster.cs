using System.Globalization;
using EtlPipeline.Core.Settings;
using EtlPipeline.PostgreSqlServers;
using Xunit;

namespace EtlPipeline.Testing.Servers;

/// <summary>
/// A server of a test's own, for what can't be done to the one that tests share: it can be stopped, copied, reset and replaced. It is stopped
/// and deleted when disposed.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static readonly string[] Settings = ["fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=50"];

    private static int _count;

    private readonly PostgreSqlBinaries _binaries;
    private readonly ClusterEndpoint _endpoint;
    private readonly string _folder;

    private TestCluster(PostgreSqlBinaries binaries)
    {
        _binaries = binaries;
        _folder = ClusterFolder.Make(Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture));
        _endpoint = ClusterEndpoint.Choose(_folder) with { Port = ClusterEndpoint.FreePort() };
    }

    /// <summary>The folder of the server's data.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    private string[] Connection => ["-h", _endpoint.Host, "-p", _endpoint.Port.ToString(CultureInfo.InvariantCulture), "-U", PrivateCluster.Role];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes a cluster and starts it. If PostgreSQL's server programs are not installed, the test is skipped.</summary>
    public static async Task<TestCluster> CreateAsync()
    {
        var binaries = FindBinaries();
        Assert.SkipWhen(binaries is null, "This test makes a server of its own, and PostgreSQL's server programs are not installed.");
        var cluster = new TestCluster(binaries!);
        await ServerAccount.OwnAsync(cluster._folder, Token);
        await cluster.RunAsync("initdb", "-D", cluster.DataFolder, "-U", PrivateCluster.Role, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>How a database of the cluster is reached.</summary>
    public DatabaseSettings Database(string name) => _endpoint.Database(name, string.Empty);

    /// <summary>Copies the data files of the running server, as a backup or, if it is to follow this one, as a standby. The copy is not started.</summary>
    public async Task<TestCluster> BackUpAsync(bool isStandby)
    {
        var copy = new TestCluster(_binaries);
        await ServerAccount.OwnAsync(copy._folder, Token);
        string[] recovery = isStandby ? ["-R"] : [];
        await RunAsync("pg_basebackup", [.. Connection, "-D", copy.DataFolder, "-c", "fast", "--no-sync", .. recovery]);
        return copy;
    }

    /// <summary>Starts the server.</summary>
    /// <param name="settings">Settings of this start, each written <c>name=value</c>.</param>
    public Task StartAsync(params string[] settings)
    {
        var options = _endpoint.ServerSettings.Concat(Settings).Concat(settings).Select(setting => $"-c \"{setting}\"");
        return RunAsync("pg_ctl", "start", "-w", "-s", "-D", DataFolder, "-l", Path.Combine(_folder, "server.log"), "-o", string.Join(' ', options));
    }

    /// <summary>Stops the server as an operator does: everything is on disk.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", DataFolder);

    /// <summary>Lets the server die.</summary>
    public Task KillAsync() => RunAsync("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", DataFolder);

    /// <summary>Runs one of PostgreSQL's programs as the account of the server.</summary>
    public Task RunAsync(string program, params string[] arguments) =>
        ServerProgram.RunAsync(ServerAccount.Command(_binaries.PathOf(program), arguments), Token);

    /// <summary>Runs one of PostgreSQL's client programs on the running server.</summary>
    public Task RunClientAsync(string program, params string[] arguments) => RunAsync(program, [.. Connection, .. arguments]);

    /// <summary>Writes a file into the folder of the server's data, for its account alone.</summary>
    /// <param name="name">The file's path there.</param>
    /// <param name="content">What it is to hold.</param>
    public async Task WriteFileAsync(string name, ReadOnlyMemory<byte> content)
    {
        var file = Path.Combine(DataFolder, name);
        await File.WriteAllBytesAsync(file, content, Token);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await ServerAccount.OwnAsync(_folder, Token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(new PrivateCluster(_binaries, _folder, new ClusterOptions { IsDurable = false }).DeleteAsync(CancellationToken.None));

    /// <summary>The PATH may lead to links of a few programs; the others lie beside what those stand for.</summary>
    private static PostgreSqlBinaries? FindBinaries()
    {
        if (PostgreSqlBinaries.Find() is not { } found) return null;
        var server = File.ResolveLinkTarget(found.PathOf("postgres"), returnFinalTarget: true);
        return server is null ? found : new PostgreSqlBinaries(Path.GetDirectoryName(server.FullName)!);
    }
}
