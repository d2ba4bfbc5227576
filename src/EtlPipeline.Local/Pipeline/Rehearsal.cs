using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Load;

namespace EtlPipeline.Local.Pipeline;

/// <summary>
/// Lets the pipeline do what its next run would do, and rolls it back: writes to the buckets go to a temporary folder, writes to the warehouse
/// into one transaction. So a plan is as exact as the run itself and can't drift away from it.
/// </summary>
internal sealed class Rehearsal : IProgress<LoadRehearsal>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-plan-");

    /// <summary>What Load would change besides the rows; null if it didn't complete.</summary>
    public LoadRehearsal? Load { get; private set; }

    /// <summary>A bucket that looks like another one and keeps what is written to itself.</summary>
    public IObjectStore Cover(IObjectStore store) => new CoveredStore(store, new FolderObjectStore(_folder.CreateSubdirectory(Path.GetRandomFileName()).FullName));

    public void Report(LoadRehearsal value) => Load = value;

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class CoveredStore(IObjectStore store, IObjectStore cover) : IObjectStore
    {
        public string Name => store.Name;

        public async Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) =>
            await cover.DescribeAsync(key, cancellationToken) ?? await store.DescribeAsync(key, cancellationToken);

        public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
            await cover.OpenAsync(key, offset, cancellationToken) ?? await store.OpenAsync(key, offset, cancellationToken);

        public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
            await store.DescribeAsync(key, cancellationToken) is null && await cover.PutIfAbsentAsync(key, body, metadata, cancellationToken);

        public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => cover.ReplaceAsync(key, body, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
            store.ListAsync(prefix, after, cancellationToken).Union(cover.ListAsync(prefix, after, cancellationToken));
    }
}
