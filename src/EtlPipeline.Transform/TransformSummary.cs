namespace EtlPipeline.Transform;

/// <summary>What an invocation of Transform has done.</summary>
/// <param name="Versions">The versions that it wrote, in the order in which it wrote them.</param>
public sealed record TransformSummary(IReadOnlyList<VersionTransformed> Versions);
