using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Sources;

/// <summary>A run's hold on the source. As long as it is not disposed, no other run begins.</summary>
public interface ISourceSession : IAsyncDisposable
{
    /// <summary>Takes the run's one snapshot, of all tables at once.</summary>
    /// <param name="tables">The tables; one that can't be had is an error when it is described, not here.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ISourceSnapshot> TakeSnapshotAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken);
}
