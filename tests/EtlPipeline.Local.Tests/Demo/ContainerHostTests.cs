using EtlPipeline.Local.Demo;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.Demo;

public sealed class ContainerHostTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private DemoFolder Folder => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task If_no_container_was_made_none_runs_and_none_is_ended()
    {
        var host = new ContainerHost(Folder);

        Assert.False(ContainerHost.HasMadeOne(Folder));
        Assert.False(await host.IsRunningAsync(TestContext.Current.CancellationToken));
        await host.StopAsync(TestContext.Current.CancellationToken);
        await host.DeleteAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_container_is_remembered_with_its_port_and_its_password()
    {
        var made = ContainerDescription.Create(Folder);
        var database = new ContainerHost(Folder).Database("warehouse");

        Assert.True(ContainerHost.HasMadeOne(Folder));
        Assert.Equal(made, ContainerDescription.Read(Folder));
        Assert.Equal(("127.0.0.1", made.Port, "warehouse", made.Password), (database.Host, database.Port, database.Database, database.Password));
        Assert.Equal(32, made.Password.Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made.EnvironmentFile));
    }
}
