using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Demo.Hosting;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Demo;

/// <summary>The demo's PostgreSQL, running: the company's database and the warehouse are two databases of it.</summary>
internal sealed class DemoServer
{
    /// <summary>The name of the company's database.</summary>
    public const string Totesys = "totesys";

    /// <summary>The name of the warehouse.</summary>
    public const string Warehouse = "warehouse";

    private readonly IDemoHost _host;

    private DemoServer(IDemoHost host) => _host = host;

    /// <summary>Makes the server where it is missing, and starts it where it is not running.</summary>
    /// <exception cref="PostgreSqlServers.ServerException">It could not be had; the message says what to do.</exception>
    public static async Task<DemoServer> StartAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var host = await DemoHosts.FindAsync(folder, cancellationToken);
        await host.StartAsync(cancellationToken);
        return new DemoServer(host);
    }

    /// <summary>The server of a demo that was here before, started where it was stopped.</summary>
    /// <exception cref="PipelineException">There was none.</exception>
    public static async Task<DemoServer> ResumeAsync(
        DemoFolder folder, Terminal terminal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!folder.Exists)
            throw new PipelineException($"There are no settings, and there is no demo in {folder.Root} yet. Call `demo` first, or set AWS_INGEST_BUCKET and the settings that go with it.");
        var host = await DemoHosts.FindAsync(folder, cancellationToken);
        if (await host.IsRunningAsync(cancellationToken)) return new DemoServer(host);
        await using var hold = await DemoLock.TakeAsync(folder, terminal, clock, cancellationToken);
        return await StartAsync(folder, cancellationToken);
    }

    /// <summary>Ends the server.</summary>
    /// <returns>Whether it was running.</returns>
    public static async Task<bool> StopAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var host = await DemoHosts.FindAsync(folder, cancellationToken);
        var wasRunning = await host.IsRunningAsync(cancellationToken);
        await host.StopAsync(cancellationToken);
        return wasRunning;
    }

    /// <summary>Ends the server and deletes its data, wherever they are.</summary>
    public static async Task DeleteAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var host = await DemoHosts.FindAsync(folder, cancellationToken);
        await host.DeleteAsync(cancellationToken);
    }

    /// <summary>How a database of the server is reached.</summary>
    public DatabaseSettings Database(string name) => _host.Database(name);

    /// <summary>Opens a database of the server.</summary>
    public PostgreSqlDatabase Open(string name) => new(Database(name), new SessionOptions());
}
