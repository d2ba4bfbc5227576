using EtlPipeline.Extract.Sources;

namespace EtlPipeline.Extract.Planning;

/// <summary>What a run does with a table.</summary>
internal abstract record ExtractionPlan
{
    private ExtractionPlan()
    {
    }

    /// <summary>Write every row, and compare with nothing: the first version, or one that was asked for.</summary>
    public sealed record WriteEveryRow : ExtractionPlan;

    /// <summary>Read the rows that may have changed, and compare them with the newest version.</summary>
    public sealed record CompareChanged(RowFilter.ChangedSince Filter) : ExtractionPlan;

    /// <summary>Read all rows and compare them with the newest version.</summary>
    public sealed record CompareAll(string Reason) : ExtractionPlan;

    /// <summary>Do nothing, since it would go wrong.</summary>
    /// <param name="Fault">What would, and what the reader can do.</param>
    public sealed record Refuse(string Fault) : ExtractionPlan;
}
