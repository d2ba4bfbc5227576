using EtlPipeline.Local.Demo;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.Demo;

public sealed class DemoFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_default_folder_lies_beside_the_solution_from_wherever_the_call_comes()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "EtlPipeline.sln"), "", TestContext.Current.CancellationToken);
        var below = Directory.CreateDirectory(Path.Combine(_folder.Path, "src", "below"));

        Assert.Equal(Path.Combine(_folder.Path, ".local"), DemoFolder.Find(null, below.FullName).Root);
    }

    [Fact]
    public void Outside_of_the_repository_it_lies_in_the_current_folder() =>
        Assert.Equal(Path.Combine(_folder.Path, ".local"), DemoFolder.Find(null, _folder.Path).Root);

    [Fact]
    public void Git_sees_nothing_of_it_wherever_it_lies()
    {
        var folder = new DemoFolder(Path.Combine(_folder.Path, "demo"));

        folder.Prepare();

        Assert.True(folder.Exists);
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(folder.Root, ".gitignore")));
    }

    [Fact]
    public void What_is_deleted_is_gone()
    {
        var folder = new DemoFolder(Path.Combine(_folder.Path, "demo"));
        folder.Prepare();
        Directory.CreateDirectory(folder.Ingestion);

        folder.Clear();
        folder.Delete();

        Assert.False(Directory.Exists(folder.Root));
    }
}
