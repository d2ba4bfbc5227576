using EtlPipeline.Core.Lake;

namespace EtlPipeline.Reconciliation;

/// <summary>The version of a source table that the warehouse was last brought to.</summary>
/// <param name="Version">The version; null where nothing was loaded yet.</param>
/// <param name="SnapshotXmin">
/// The oldest transaction in flight when it was extracted: only rows that this one or a later one wrote can be newer than the version. Null
/// where that can't be told; then every difference counts.
/// </param>
/// <param name="Doubt">Why it can't be told; null where it can.</param>
internal sealed record LoadedVersion(TableVersion? Version, ulong? SnapshotXmin, string? Doubt)
{
    public static LoadedVersion Doubtful(TableVersion? version, string doubt) => new(version, null, doubt);
}
