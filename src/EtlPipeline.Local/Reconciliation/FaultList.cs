namespace EtlPipeline.Local.Reconciliation;

/// <summary>Rows that are wrong in one way: all are counted, and the first are kept to be shown.</summary>
/// <param name="shown">How many are kept.</param>
internal sealed class FaultList(int shown)
{
    private readonly List<RowDifference> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<RowDifference> First => _first;

    public void Add(RowDifference difference)
    {
        Count++;
        if (_first.Count < shown) _first.Add(difference);
    }
}
