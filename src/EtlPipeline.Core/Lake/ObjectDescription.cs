namespace EtlPipeline.Core.Lake;

/// <summary>What a store knows of an object beside its body.</summary>
/// <param name="Size">Bytes of the whole body.</param>
/// <param name="Metadata">What was put beside it.</param>
public sealed record ObjectDescription(long Size, ObjectMetadata Metadata);
