using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Processing;

/// <summary>A target that an event asks to bring up to date.</summary>
/// <param name="Target">The target.</param>
/// <param name="Announced">The versions of its source that the event named; none in a sweep.</param>
internal sealed record TargetRequest(ITarget Target, IReadOnlyList<TableVersion> Announced);
