using EtlPipeline.Core.Lake;

namespace EtlPipeline.Transform.Processing;

/// <summary>A version of a target that lies in the processed bucket.</summary>
/// <param name="Version">The version.</param>
/// <param name="Metadata">What Transform wrote beside it; null where that is missing or damaged.</param>
internal sealed record ProcessedVersion(TableVersion Version, ProcessedMetadata? Metadata)
{
    /// <summary>Whether the next version may be made from its changed rows alone: this one has all rows before those.</summary>
    public bool CanBeFollowed => Metadata is { IsUnreadable: false };
}
