using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.Pipeline;

/// <summary>How far a table has come in a round; counts are of rows.</summary>
/// <param name="Table">The source table, or the warehouse table where that has no source.</param>
internal sealed record TableProgress(TableName Table)
{
    /// <summary>How far its newest version of the round has come.</summary>
    public TableStep Step { get; init; }

    /// <summary>Candidates that Extract read from the source; null before it has.</summary>
    public long? Read { get; init; }

    /// <summary>Rows that were new or changed.</summary>
    public long? Changed { get; init; }

    /// <summary>Rows that had vanished.</summary>
    public long? Deleted { get; init; }

    /// <summary>Rows that Transform could not use, and set aside.</summary>
    public long? Rejected { get; init; }

    /// <summary>Rows that Load inserted or updated in the warehouse.</summary>
    public long? Loaded { get; init; }

    /// <summary>What the three stages took for the table.</summary>
    public TimeSpan Elapsed { get; init; }
}
