namespace EtlPipeline.Soak.Verdicts;

/// <summary>Whether something piled up.</summary>
internal static class Verdict
{
    /// <summary>What is not as it has to be, a sentence each; empty if all is well.</summary>
    public static IReadOnlyList<string> FindFaults(SoakOutcome outcome)
    {
        var faults = FigureCatalogue.Of(outcome.Schedules)
            .Where(figure => !figure.Expected.IsMetBy(figure.Over(outcome.Schedules)))
            .Select(figure => $"{figure.Name}: {figure.Expected} expected")
            .ToList();
        if (outcome.Differences > 0) faults.Add($"the warehouse differs from the source in {outcome.Differences} rows");
        return faults;
    }
}
