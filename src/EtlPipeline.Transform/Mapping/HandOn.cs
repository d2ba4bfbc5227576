using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets;

namespace EtlPipeline.Transform.Mapping;

/// <summary>What a version of a source table says of itself, in the terms of a target that is made from it.</summary>
internal static class HandOn
{
    private const string Told = "told";
    private const string Untold = "untold";

    /// <summary>What lies beside the Parquet file; the rows aren't counted yet.</summary>
    public static ParquetMetadata Metadata(LakeVersion version, ITarget target) => new()
    {
        Kind = version.Metadata.Kind,
        Reason = version.Metadata.Reason,
        Source = version.Metadata.Source,
        RunStamp = version.Metadata.RunStamp,
        ExtractedAt = version.Metadata.ExtractedAt,
        Previous = version.Metadata.Previous,
        Rows = 0,
        Rejected = 0,
        OldestRead = version.Metadata.OldestRead,
        Verified = version.Metadata.Verified,
        IsComplete = version.Metadata.IsComplete,
        IsAccepted = version.Segments.IsAccepted,
        IsSegmented = version.Segments.Segments.Count > 1,
        Mapping = target.Description.Mapping,
        Sha256 = string.Empty,
    };

    /// <summary>What lies beside the empty file of a version that can't be read: as much as is known, and nothing that vouches for rows.</summary>
    public static ParquetMetadata UnreadableMetadata(VersionToTransform version, LakeVersion? found, ITarget target)
    {
        var stamp = version.Key.Version;
        var unknown = new ParquetMetadata
        {
            Kind = VersionKind.Changes,
            Reason = VersionReason.Changed,
            RunStamp = stamp,
            ExtractedAt = stamp.Instant,
            Previous = version.Previous,
            Rows = 0,
            Rejected = 0,
            IsComplete = false,
            Mapping = target.Description.Mapping,
            Sha256 = string.Empty,
        };
        return (found is null ? unknown : Metadata(found, target)) with { IsUnreadable = true, IsComplete = false, IsAccepted = false, Verified = null };
    }

    /// <summary>What travels inside the file: the target's description and, of a chunk, its range.</summary>
    public static IReadOnlyDictionary<string, string> FileMetadata(LakeVersion? version, ITarget target)
    {
        var metadata = new Dictionary<string, string> { [ParquetKeys.Target] = Encoding.UTF8.GetString(target.Description.ToJson().Span) };
        if (version?.Segments.Range is not { } range) return metadata;
        var isTold = range == KeyRange.All || HasSameOrder(version.Segments.Key, target);
        metadata[ParquetKeys.Range] = isTold ? Told : Untold;
        if (!isTold) return metadata;
        if (range.From is { } from) metadata[ParquetKeys.From] = from.ToJson();
        if (range.To is { } to) metadata[ParquetKeys.To] = to.ToJson();
        return metadata;
    }

    /// <summary>Whether keys of the source and of the target are the same, and sort alike.</summary>
    private static bool HasSameOrder(TableKey source, ITarget target) =>
        source.Columns.Select(column => column.Name).SequenceEqual(target.SourceKey)
        && source.Columns.Select(column => column.Order).SequenceEqual(target.Description.TableKey.Columns.Select(column => column.Order));
}
