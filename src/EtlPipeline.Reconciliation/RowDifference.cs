namespace EtlPipeline.Reconciliation;

/// <summary>A row that is not the same on both sides.</summary>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Key">Its key.</param>
/// <param name="Columns">The columns that differ, where both sides have the row; never their values.</param>
/// <param name="IsPending">
/// Whether the source's row was written after the loaded snapshot, so that the pipeline can't have brought it yet.
/// </param>
public sealed record RowDifference(DifferenceKind Kind, long Key, IReadOnlyList<string> Columns, bool IsPending = false);
