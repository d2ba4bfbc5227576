namespace EtlPipeline.Extract;

/// <summary>What a run of Extract did.</summary>
/// <param name="Skipped">Whether another run held the lock, so that this one did nothing.</param>
/// <param name="Tables">One entry for each table that was extracted, changed or not, in the order of the table list.</param>
public sealed record ExtractSummary(bool Skipped, IReadOnlyList<TableExtracted> Tables);
