using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract;

/// <summary>What a run has done.</summary>
/// <param name="IsSkipped">Whether another run was going on, so that this one did nothing.</param>
/// <param name="RunStamp">The stamp of the run; null if it was skipped.</param>
/// <param name="Versions">The versions that it has put, in order.</param>
/// <param name="Tables">How the tables stand at its end, but for those that failed before anything was known of them.</param>
public sealed record ExtractSummary(bool IsSkipped, TableVersion? RunStamp, IReadOnlyList<VersionWritten> Versions, IReadOnlyList<TableState> Tables);

/// <summary>A version that was put.</summary>
/// <param name="Table">The table.</param>
/// <param name="Version">Its version.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Reason">Why it was written.</param>
/// <param name="Rows">How many rows it holds.</param>
/// <param name="Bytes">Bytes of its body in the bucket, compressed.</param>
/// <param name="Elapsed">How long reading and putting it took.</param>
public sealed record VersionWritten(TableName Table, TableVersion Version, VersionKind Kind, VersionReason Reason, long Rows, long Bytes, TimeSpan Elapsed);

/// <summary>How a table stands.</summary>
/// <param name="Table">The table.</param>
/// <param name="Known">How many of its segments were read once.</param>
/// <param name="Unknown">How many were never read.</param>
/// <param name="Due">How many of the known ones have to be read.</param>
/// <param name="IsLeft">Whether it took no part in the run, which had no time for it, or no complete look-up table.</param>
public sealed record TableState(TableName Table, int Known, int Unknown, int Due, bool IsLeft)
{
    /// <summary>Whether the run has looked at the table and has left no segment unknown or due.</summary>
    public bool IsComplete => !IsLeft && Unknown == 0 && Due == 0;
}
