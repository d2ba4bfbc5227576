using EtlPipeline.Core.Storage;
using EtlPipeline.Core.Storage.Folders;

namespace EtlPipeline.Core.Tests.Storage.Folders;

/// <summary>The contract on a folder.</summary>
public sealed class FolderObjectStoreContractTests : ObjectStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-pipeline-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override Task<IObjectStore> CreateStoreAsync() => Task.FromResult<IObjectStore>(new FolderObjectStore(_folder.FullName));
}
