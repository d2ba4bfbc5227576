using EtlPipeline.Core.Lake;
using EtlPipeline.SampleData;

namespace EtlPipeline.Extract.Sources.Sample;

/// <summary>
/// Generated sample tables instead of the OLTP database. It holds no lock, because there is nothing that two machines share: two runs at
/// once both go on, and put-if-absent in the ingestion bucket lets one of them write a version.
/// </summary>
/// <param name="history">The tables over time.</param>
/// <param name="clock">Says which moment of the history is now.</param>
public sealed class SampleSource(SampleHistory history, TimeProvider clock) : ISource
{
    /// <inheritdoc/>
    public SourceKind Kind => SourceKind.Sample;

    /// <inheritdoc/>
    public Task<ISourceSession?> TryBeginAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSession?>(new SampleSession(history, clock));
}
