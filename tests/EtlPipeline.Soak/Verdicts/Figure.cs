using EtlPipeline.Soak.Figures;

namespace EtlPipeline.Soak.Verdicts;

/// <summary>Something that is looked at over all schedules.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Expected">What has to be true of it.</param>
/// <param name="Value">Finds it in what was taken down after a schedule.</param>
internal sealed record Figure(string Name, Expectation Expected, Func<ScheduleFigures, double> Value)
{
    /// <summary>The figure over the schedules.</summary>
    public Series Over(IReadOnlyList<ScheduleFigures> schedules) => new(schedules.Select(Value));
}
