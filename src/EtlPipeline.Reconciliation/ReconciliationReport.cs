using EtlPipeline.Core.Lake;

namespace EtlPipeline.Reconciliation;

/// <summary>The options of a reconciliation.</summary>
public sealed record ReconcileOptions
{
    /// <summary>The tables to compare, by their names in the source or the warehouse; null for all.</summary>
    public IReadOnlySet<TableName>? Only { get; init; }

    /// <summary>Whether copies are compared by a checksum of every row instead of row by row. Other targets are then left out.</summary>
    public bool IsChecksum { get; init; }

    /// <summary>Whether rows that differ are compared again after the next run. If not, they are unconfirmed.</summary>
    public bool MayWait { get; init; } = true;

    /// <summary>Starts the next run and ends when it has been loaded; null to wait for a run that somebody else starts.</summary>
    public Func<CancellationToken, Task>? Run { get; init; }

    /// <summary>How long to wait for a run; 15 minutes by default.</summary>
    public TimeSpan WaitLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often to check for it; every 5 seconds by default.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many keys of each kind of difference are kept to be shown.</summary>
    public int KeysShown { get; init; } = 5;

    /// <summary>How many differing keys are held in memory. If there are more, the second look compares the whole table.</summary>
    public int KeysKept { get; init; } = 50_000;
}

/// <summary>How the comparison of a target ended.</summary>
public enum TargetOutcome
{
    /// <summary>The warehouse has what the source has.</summary>
    Equal,

    /// <summary>Rows still differ after a run that began after they were seen: they are wrong.</summary>
    Faulty,

    /// <summary>Rows differ, and may be on their way.</summary>
    Unconfirmed,

    /// <summary>Nothing was compared.</summary>
    NotCompared,
}

/// <summary>What the comparison of a target found.</summary>
public sealed record TargetReport
{
    /// <summary>The warehouse table; the source table if it has none.</summary>
    public required TableName Target { get; init; }

    /// <summary>The source table; null if it has none.</summary>
    public TableName? Source { get; init; }

    /// <summary>How it ended.</summary>
    public required TargetOutcome Outcome { get; init; }

    /// <summary>Why nothing was compared, or why rows are unconfirmed; null if there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>How many rows the source has.</summary>
    public long SourceRows { get; init; }

    /// <summary>How many current rows the warehouse has.</summary>
    public long WarehouseRows { get; init; }

    /// <summary>How many rows of the source can't be in the warehouse and are listed there as rejected.</summary>
    public long Rejected { get; init; }

    /// <summary>How many members of a dimension are no longer in the source, or not yet. They aren't wrong: facts refer to them.</summary>
    public long Kept { get; init; }

    /// <summary>The source's columns that a checksum leaves out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The version that the warehouse was last brought to; null if there is none.</summary>
    public TableVersion? Version { get; init; }

    /// <summary>Since when the pipeline itself has compared every row; null if that isn't known.</summary>
    public TableVersion? VerifiedThrough { get; init; }

    /// <summary>Whether Load ends nothing in it until deletes are accepted.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>What is wrong.</summary>
    public required DifferenceList Faults { get; init; }

    /// <summary>What may be wrong.</summary>
    public required DifferenceList Unconfirmed { get; init; }
}

/// <summary>How a reconciliation ended.</summary>
public enum ReconciliationOutcome
{
    /// <summary>The warehouse has what the source has, except rejected rows, which it lists.</summary>
    Equal,

    /// <summary>Something is wrong.</summary>
    Faulty,

    /// <summary>Nothing is known to be wrong, but rows differ that may be on their way.</summary>
    Unconfirmed,

    /// <summary>There was no row to compare, so nothing is known.</summary>
    NothingCompared,
}

/// <summary>What a reconciliation found.</summary>
/// <param name="Targets">Each target, and each table that was not compared.</param>
public sealed record ReconciliationReport(IReadOnlyList<TargetReport> Targets)
{
    /// <summary>How it ended.</summary>
    public ReconciliationOutcome Outcome =>
        Has(TargetOutcome.Faulty) ? ReconciliationOutcome.Faulty
        : Has(TargetOutcome.Unconfirmed) ? ReconciliationOutcome.Unconfirmed
        : Targets.Any(target => target.Source is { } && target.SourceRows + target.WarehouseRows > 0) ? ReconciliationOutcome.Equal
        : ReconciliationOutcome.NothingCompared;

    /// <summary>
    /// The source tables that Extract has to read again to mend the faults. An event asks for whole tables; there is none for a few
    /// segments.
    /// </summary>
    public IReadOnlySet<TableName> TablesToRead =>
        Targets.Where(target => target.Outcome == TargetOutcome.Faulty).Select(target => target.Source).OfType<TableName>().ToHashSet();

    private bool Has(TargetOutcome outcome) => Targets.Any(target => target.Outcome == outcome);
}
