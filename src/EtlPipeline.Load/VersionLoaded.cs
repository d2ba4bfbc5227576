using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load;

/// <summary>What became of one version of a warehouse table; its transaction has committed.</summary>
/// <param name="Target">The warehouse table.</param>
/// <param name="Version">Its version.</param>
/// <param name="Rows">How many rows the Parquet file holds.</param>
/// <param name="Written">How many rows were inserted or updated in the table.</param>
/// <param name="Skipped">Whether the version could not be loaded, and was stepped over because a later one holds all rows.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record VersionLoaded(TableName Target, TableVersion Version, long Rows, long Written, bool Skipped, TimeSpan Elapsed);
