using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract;

/// <summary>What a run did with one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Version">The version that was written; null where nothing had changed, and none was.</param>
/// <param name="Read">How many rows were read from the source.</param>
/// <param name="Rows">How many rows the table has.</param>
/// <param name="Changed">How many of them are new or changed.</param>
/// <param name="Deleted">How many have vanished.</param>
/// <param name="Elapsed">How long it took, up to the end of its upload.</param>
public sealed record TableExtracted(
    TableName Table, TableVersion? Version, long Read, long Rows, long Changed, long Deleted, TimeSpan Elapsed);
