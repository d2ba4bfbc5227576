namespace EtlPipeline.Soak.Figures;

/// <summary>What was taken down after a schedule, when nothing of the pipeline was running.</summary>
/// <param name="Schedule">Which one, from 1 on.</param>
/// <param name="Elapsed">How long the pipeline took.</param>
/// <param name="Databases">What it left in the databases.</param>
/// <param name="Processes">What it left in its processes.</param>
internal sealed record ScheduleFigures(int Schedule, TimeSpan Elapsed, DatabaseFigures Databases, IReadOnlyList<ProcessFigures> Processes);
