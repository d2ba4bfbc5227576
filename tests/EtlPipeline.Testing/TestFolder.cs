using EtlPipeline.Core.Storage.Folders;

namespace EtlPipeline.Testing;

/// <summary>A folder of a test's own, deleted when disposed.</summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>The folder's full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("etl-pipeline-test-").FullName;

    /// <summary>A bucket in the folder; the same name gives the same bucket.</summary>
    public FolderObjectStore Bucket(string name) => new(System.IO.Path.Combine(Path, name));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
