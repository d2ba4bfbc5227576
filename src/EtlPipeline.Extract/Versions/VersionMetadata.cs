using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Comparison;
using EtlPipeline.Extract.Sources;

namespace EtlPipeline.Extract.Versions;

/// <summary>Puts the metadata of a version together.</summary>
internal static class VersionMetadata
{
    public static IngestionMetadata Of(
        VersionDraft draft, ExtractRun run, SourceRelation relation, NewestVersion? newest, TableVersion? lookUp) => new()
        {
            Source = run.Source,
            Run = run.RequestId,
            Rows = draft.Rows.Count,
            Changed = draft.Changed,
            ChangedFrom = draft.ChangedFrom,
            Previous = draft.Depth == ComparisonDepth.None ? null : newest?.Version,
            LookUp = lookUp,
            Deleted = draft.Deleted.Count,
            ExtractedAt = run.Snapshot.TakenAt,
            SnapshotXmin = run.Snapshot.Xmin,
            SnapshotXmax = run.Snapshot.Xmax,
            Server = run.Snapshot.Server,
            Shape = relation.Shape,
            FullAt = draft.Depth == ComparisonDepth.ChangedRows ? newest!.Metadata!.FullAt : run.Snapshot.TakenAt,
        };
}
