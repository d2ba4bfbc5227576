using EtlPipeline.Soak.Figures;

namespace EtlPipeline.Soak;

/// <summary>What came of a soak.</summary>
/// <param name="Schedules">The figures after each schedule.</param>
/// <param name="Differences">How many rows of the warehouse are not as the source has them, or wait to arrive. It has to be none.</param>
internal sealed record SoakOutcome(IReadOnlyList<ScheduleFigures> Schedules, long Differences);
