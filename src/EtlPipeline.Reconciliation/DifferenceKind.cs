namespace EtlPipeline.Reconciliation;

/// <summary>How a row of the warehouse is not as the source has it.</summary>
public enum DifferenceKind
{
    /// <summary>The source has the row, the warehouse has not.</summary>
    Missing,

    /// <summary>The warehouse has the row, the source has not.</summary>
    Surplus,

    /// <summary>Both have it, with other values.</summary>
    Differing,
}
