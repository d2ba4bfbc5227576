using EtlPipeline.Core.Lake;

namespace EtlPipeline.Reconciliation;

/// <summary>Something that can be compared repeatedly: a target with its source, the calendar, a checksum.</summary>
internal interface ILook
{
    /// <summary>The warehouse table.</summary>
    TableName Target { get; }

    /// <summary>The source table; null if there is none.</summary>
    TableName? Source { get; }

    /// <summary>Compares in new snapshots.</summary>
    /// <param name="keys">The keys to compare; null for all.</param>
    /// <param name="budget">How many differing keys may be kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LookResult> RunAsync(IReadOnlyCollection<RowKey>? keys, KeyBudget budget, CancellationToken cancellationToken);
}

/// <summary>What a look found.</summary>
/// <param name="Differences">What differs.</param>
internal sealed record LookResult(KeyDifferences Differences)
{
    /// <summary>The source's clock when the look was over; null if it has no source.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public long SourceRows { get; init; }

    public long WarehouseRows { get; init; }

    /// <summary>Rows of the source that can't be in the warehouse and are listed there.</summary>
    public long Rejected { get; init; }

    /// <summary>Members of a dimension that are no longer in the source, or not yet.</summary>
    public long Kept { get; init; }

    /// <summary>Columns that were not compared.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Why nothing could be compared; null if it was.</summary>
    public string? NotCompared { get; init; }

    public static LookResult Nothing(string reason, KeyBudget budget) => new(new KeyDifferences(budget)) { NotCompared = reason };
}
