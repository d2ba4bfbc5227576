using EtlPipeline.Core.Lake;
using EtlPipeline.SampleData;

namespace EtlPipeline.Extract.Sources.Sample;

/// <summary>A run on sample tables; it holds nothing.</summary>
internal sealed class SampleSession(SampleHistory history, TimeProvider clock) : ISourceSession
{
    public Task<ISourceSnapshot> TakeSnapshotAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSnapshot>(new SampleSnapshot(history, clock.GetUtcNow()));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
