using EtlPipeline.Core.Lake;

namespace EtlPipeline.Reconciliation;

/// <summary>What the comparison of a target found.</summary>
/// <param name="target">The warehouse table.</param>
/// <param name="shown">How many keys of each kind of fault are kept.</param>
public sealed class TargetReport(TableName target, int shown)
{
    private readonly Dictionary<DifferenceKind, FaultList> _faults =
        Enum.GetValues<DifferenceKind>().ToDictionary(kind => kind, _ => new FaultList(shown));

    /// <summary>The warehouse table.</summary>
    public TableName Target => target;

    /// <summary>The version that the warehouse was last brought to.</summary>
    public TableVersion? Loaded { get; init; }

    /// <summary>Why changes since the loaded version can't be told from faults; null where they can.</summary>
    public string? Doubt { get; init; }

    /// <summary>How many rows the source has.</summary>
    public long SourceRows { get; set; }

    /// <summary>How many rows the warehouse has.</summary>
    public long WarehouseRows { get; set; }

    /// <summary>How many rows changed or vanished in the source after the loaded version: no fault.</summary>
    public long Pending { get; set; }

    /// <summary>How many members of a dimension are no longer in the source, or not yet: no fault, facts refer to them.</summary>
    public long Kept { get; set; }

    /// <summary>How many rows are wrong.</summary>
    public long Wrong => _faults.Values.Sum(list => list.Count);

    /// <summary>The rows that are wrong in one way.</summary>
    public FaultList this[DifferenceKind kind] => _faults[kind];

    /// <summary>Adds a row that is wrong.</summary>
    public void AddFault(RowDifference difference) => _faults[difference.Kind].Add(difference);
}
