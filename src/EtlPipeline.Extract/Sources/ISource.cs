using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Sources;

/// <summary>Where the rows come from: the OLTP database, or generated sample tables.</summary>
public interface ISource
{
    /// <summary>The kind, which the metadata of every version names.</summary>
    SourceKind Kind { get; }

    /// <summary>Begins a run. Only one run goes on at a time over all machines: null where another one does.</summary>
    Task<ISourceSession?> TryBeginAsync(CancellationToken cancellationToken);
}
