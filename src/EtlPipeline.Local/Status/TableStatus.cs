using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.Status;

/// <summary>How far a table has come.</summary>
internal sealed record TableStatus
{
    /// <summary>The table of the source; null for a warehouse table that has none (<c>dim_date</c>).</summary>
    public required TableName? Table { get; init; }

    /// <summary>The table of the warehouse; null for a table that makes none of its own (<c>department</c>).</summary>
    public required TableName? Target { get; init; }

    /// <summary>Rows in the source now; null where it has no such table, or generated tables are the source.</summary>
    public long? SourceRows { get; init; }

    /// <summary>The newest version in the ingestion bucket.</summary>
    public TableVersion? Ingested { get; init; }

    /// <summary>The newest version in the processed bucket.</summary>
    public TableVersion? Processed { get; init; }

    /// <summary>The newest version in the warehouse.</summary>
    public TableVersion? Loaded { get; init; }

    /// <summary>Rows in the warehouse now, a fact's history among them; null where it has no such table.</summary>
    public long? WarehouseRows { get; init; }

    /// <summary>Rows that were set aside in <c>rejected/{target}/</c>, over all versions.</summary>
    public long RejectedRows { get; init; }

    /// <summary>Versions that wait for Transform.</summary>
    public int PendingTransform { get; init; }

    /// <summary>Versions that wait for Load.</summary>
    public int PendingLoad { get; init; }

    /// <summary>Whether anything waits.</summary>
    public bool IsPending => PendingTransform + PendingLoad > 0;
}
