using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.Demo.Hosting;

internal sealed class ContainerHost(DemoFolder folder) : IDemoHost
{
    public static bool HasMadeOne(DemoFolder folder) => false;
    public static Task<bool> IsDockerThereAsync(CancellationToken cancellationToken) => Task.FromResult(false);
    public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException(folder.Root);
    public Task<bool> IsRunningAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();
    public Task StopAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();
    public Task DeleteAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();
    public DatabaseSettings Database(string name) => throw new InvalidOperationException();
}
