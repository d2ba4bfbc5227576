using EtlPipeline.Core.Lake;

namespace EtlPipeline.Transform;

/// <summary>A version that this invocation has written.</summary>
/// <param name="Source">The table of the source.</param>
/// <param name="Target">The table of the warehouse.</param>
/// <param name="Version">The version, of both.</param>
/// <param name="Rows">How many rows the Parquet file holds, deleted ones among them.</param>
/// <param name="Rejected">How many rows could not be transformed.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record VersionTransformed(
    TableName Source, TableName Target, TableVersion Version, long Rows, long Rejected, TimeSpan Elapsed);
