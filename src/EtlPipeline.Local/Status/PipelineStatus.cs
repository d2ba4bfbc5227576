using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.Status;

/// <summary>How far the pipeline has come.</summary>
/// <param name="Places">Source, buckets and warehouse that this is about.</param>
/// <param name="CheckedAt">When it was read, in UTC.</param>
/// <param name="LastRunAt">When the last Extract ended, in UTC; null if none has.</param>
/// <param name="Tables">One for each source table and target, and one for each target without a source.</param>
internal sealed record PipelineStatus(string Places, DateTimeOffset CheckedAt, DateTimeOffset? LastRunAt, IReadOnlyList<TableStatus> Tables)
{
    /// <summary>What a reader has to know first, such as that the lake has format 1.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The warehouse's schema.</summary>
    public string Schema { get; init; } = "public";

    /// <summary>How long ago the last Extract ended.</summary>
    public TimeSpan? LastRunAge => CheckedAt - LastRunAt;

    /// <summary>Rows that are rejected and have not been mended since.</summary>
    public long RejectedRows => Tables.Sum(table => table.RejectedRows);

    /// <summary>Rows that the daily round mended, over all versions that the ledger lists.</summary>
    public long Corrections => Tables.Sum(table => table.Corrections);

    /// <summary>Whether everything that was extracted is in the warehouse.</summary>
    public bool IsUpToDate => Tables.All(table => !table.IsPending && !table.IsBlocked);

    /// <summary>Since when every row of every target has been compared with the source; null if one has not been yet.</summary>
    public DateTimeOffset? VerifiedThrough
    {
        get
        {
            var targets = Tables.Where(table => table is { Table: not null, Target: not null, IsRetired: false, IsUnread: false }).ToList();
            return targets.Count == 0 || targets.Any(table => table.VerifiedThrough is null) ? null : targets.Min(table => table.VerifiedThrough!.Value.Instant);
        }
    }
}

/// <summary>How far a table has come.</summary>
internal sealed record TableStatus
{
    /// <summary>The table of the source; null for a warehouse table that has none (<c>dim_date</c>).</summary>
    public TableName? Table { get; init; }

    /// <summary>The table of the warehouse; null for a table without a target of its own (<c>department</c>).</summary>
    public TableName? Target { get; init; }

    /// <summary>Rows in the source, as the newest version counted them; null if that isn't known.</summary>
    public long? SourceRows { get; init; }

    /// <summary>The segments that were read; null if the table has no version yet.</summary>
    public int? KnownSegments { get; init; }

    /// <summary>Segments that were never read; null if the table has no version yet.</summary>
    public int? UnknownSegments { get; init; }

    /// <summary>Segments that have to be read again; null if the table has no version yet.</summary>
    public int? DueSegments { get; init; }

    /// <summary>The newest version in the ingestion bucket.</summary>
    public TableVersion? Ingested { get; init; }

    /// <summary>The newest version in the processed bucket.</summary>
    public TableVersion? Processed { get; init; }

    /// <summary>The newest version in the warehouse.</summary>
    public TableVersion? Loaded { get; init; }

    /// <summary>Since when every row has been compared with the source, except rejected ones; null if not every one has been, or if there is no source.</summary>
    public TableVersion? VerifiedThrough { get; init; }

    /// <summary>From when on the history is complete.</summary>
    public TableVersion? HistorySince { get; init; }

    /// <summary>Current rows in the warehouse; null if it has no such table.</summary>
    public long? WarehouseRows { get; init; }

    /// <summary>Whether <see cref="WarehouseRows"/> is PostgreSQL's estimate because the table is large.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Rows that the daily round mended.</summary>
    public long Corrections { get; init; }

    /// <summary>Rows that are rejected and have not been mended since.</summary>
    public long RejectedRows { get; init; }

    /// <summary>Versions that wait for Transform.</summary>
    public int PendingTransform { get; init; }

    /// <summary>Versions that wait for Load.</summary>
    public int PendingLoad { get; init; }

    /// <summary>Whether no chunk ends anything in the target until deletes are accepted.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>Whether it is the copy of a table that now has a target of its own.</summary>
    public bool IsRetired { get; init; }

    /// <summary>Whether nothing reads the table any more, since the source or the list has none of that name.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Whether anything waits.</summary>
    public bool IsPending => PendingTransform + PendingLoad > 0;
}
