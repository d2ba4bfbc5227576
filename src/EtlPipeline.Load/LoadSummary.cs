namespace EtlPipeline.Load;

/// <summary>What an invocation of Load did.</summary>
/// <param name="Versions">The versions that it brought into the warehouse or stepped over, in the order in which it did so.</param>
public sealed record LoadSummary(IReadOnlyList<VersionLoaded> Versions);
