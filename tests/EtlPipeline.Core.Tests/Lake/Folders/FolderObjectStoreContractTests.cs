using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;

namespace EtlPipeline.Core.Tests.Lake.Folders;

/// <summary>The contract on a folder.</summary>
public sealed class FolderObjectStoreContractTests : ObjectStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-pipeline-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override Task<IObjectStore> CreateStoreAsync() => Task.FromResult<IObjectStore>(new FolderObjectStore(_folder.FullName));
}
