using EtlPipeline.Core.Lake.Folders;

namespace EtlPipeline.Testing;

/// <summary>A folder of a test's own, deleted when disposed.</summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    /// <param name="parent">Where; by default among the temporary files.</param>
    public TestFolder(string? parent = null) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), $"etl-pipeline-test-{Guid.NewGuid():N}")).FullName;

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>A bucket in the folder; the same name gives the same bucket.</summary>
    public FolderObjectStore Bucket(string name) => new(System.IO.Path.Combine(Path, name));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
