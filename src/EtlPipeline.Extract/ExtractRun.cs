using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Versions;

namespace EtlPipeline.Extract;

/// <summary>What is the same for all tables of a run.</summary>
internal sealed record ExtractRun
{
    /// <summary>What was asked for.</summary>
    public required ExtractRequest Request { get; init; }

    /// <summary>The invocation's id.</summary>
    public required string RequestId { get; init; }

    /// <summary>The kind of source.</summary>
    public required SourceKind Source { get; init; }

    /// <summary>The run's one snapshot.</summary>
    public required SnapshotPoint Snapshot { get; init; }

    /// <summary>The stamp of every version that the run writes.</summary>
    public required TableVersion Stamp { get; init; }
}
