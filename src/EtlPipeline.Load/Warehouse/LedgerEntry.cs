using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load.Warehouse;

/// <summary>What the ledger keeps of a version.</summary>
internal sealed record LedgerEntry
{
    public required VersionKey Version { get; init; }

    /// <summary>How many rows the Parquet file holds.</summary>
    public long Rows { get; init; }

    /// <summary>How many rows were inserted or updated.</summary>
    public long Written { get; init; }

    /// <summary>How many of the written rows are records of deletes.</summary>
    public long Deleted { get; init; }

    /// <summary>How many rows Transform rejected.</summary>
    public long Rejected { get; init; }

    /// <summary>Whether the version could not be loaded, and was stepped over.</summary>
    public bool IsSkipped { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }

    public required string RequestId { get; init; }
}
