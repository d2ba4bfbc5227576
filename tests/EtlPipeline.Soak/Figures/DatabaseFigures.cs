namespace EtlPipeline.Soak.Figures;

/// <summary>What the databases hold after a schedule.</summary>
/// <param name="Connections">Sessions that the pipeline has open.</param>
/// <param name="Locks">Locks that are not the writers': the pipeline's, and those of prepared transactions, which have no session.</param>
/// <param name="SourceRows">Rows of the four large tables of the source.</param>
/// <param name="Versions">Versions that were loaded so far.</param>
/// <param name="WarehouseRows">Records of the warehouse's facts, the history too.</param>
internal sealed record DatabaseFigures(long Connections, long Locks, long SourceRows, long Versions, long WarehouseRows);
