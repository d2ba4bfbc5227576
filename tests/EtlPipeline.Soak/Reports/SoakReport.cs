using EtlPipeline.Soak.Figures;
using EtlPipeline.Soak.Verdicts;
using Spectre.Console;

namespace EtlPipeline.Soak.Reports;

/// <summary>What a soak prints: how far it is, and at the end table, plots and verdict.</summary>
internal sealed class SoakReport(IAnsiConsole console, int schedules)
{
    /// <summary>Tells of a schedule: of the first, and of each tenth of all.</summary>
    public void Show(ScheduleFigures taken)
    {
        if (taken.Schedule != 1 && taken.Schedule % Math.Max(1, schedules / 10) != 0) return;
        var memory = string.Join(", ", taken.Processes.Select(process => $"{process.Name} {process.Resident / 1e6:0} MB"));
        console.WriteLine($"schedule {taken.Schedule} of {schedules}: {taken.Elapsed.TotalMilliseconds:0} ms; {memory}");
    }

    /// <summary>Shows what came of it.</summary>
    /// <returns>Whether all is well.</returns>
    public bool Show(SoakOutcome outcome)
    {
        console.Write(FigureTable.Of(outcome));
        Plot(FigureCatalogue.Elapsed, outcome);
        foreach (var (at, process) in outcome.Schedules[0].Processes.Index())
        {
            Plot(FigureCatalogue.Processor(process.Name, at), outcome);
            Plot(FigureCatalogue.Resident(process.Name, at, schedules), outcome);
        }

        var faults = Verdict.FindFaults(outcome);
        foreach (var fault in faults) console.WriteLine($"NOT FLAT: {fault}");
        if (faults.Count == 0) console.WriteLine($"Flat over {outcome.Schedules.Count} schedules, and the warehouse is as the source is.");
        return faults.Count == 0;
    }

    private void Plot(Figure figure, SoakOutcome outcome) =>
        console.WriteLine(ColumnPlot.Draw(figure.Name, [.. outcome.Schedules.Select(figure.Value)]));
}
