namespace EtlPipeline.Reconciliation;

/// <summary>Rows that are wrong in one way: all are counted, and the first are kept to be shown.</summary>
/// <param name="shown">How many are kept.</param>
public sealed class FaultList(int shown)
{
    private readonly List<RowDifference> _first = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RowDifference> First => _first;

    /// <summary>Adds a row.</summary>
    public void Add(RowDifference difference)
    {
        Count++;
        if (_first.Count < shown) _first.Add(difference);
    }
}
