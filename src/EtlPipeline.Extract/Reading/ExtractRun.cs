using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Publication;
using EtlPipeline.Extract.Source;

namespace EtlPipeline.Extract.Reading;

/// <summary>One run: its snapshot, and all that is the same for every table.</summary>
internal sealed class ExtractRun
{
    public required ExtractRequest Request { get; init; }

    public required Invocation Invocation { get; init; }

    public required SourceKind Source { get; init; }

    public required ISourceSnapshot Snapshot { get; init; }

    public required RunStamps Stamps { get; init; }

    public required ExtractOptions Options { get; init; }

    public SnapshotPoint Point => Snapshot.Point;

    public ExtractLimits Limits => Options.Limits;

    public CancellationToken CancellationToken => Invocation.CancellationToken;

    /// <summary>Whether the event asks for a version of the table in this run.</summary>
    public bool IsNamed(TableName table) => Request.IsFull || Request.Read.Contains(table) || Request.AcceptDeletes.Contains(table);
}
