using EtlPipeline.Core.Lake;

namespace EtlPipeline.Reconciliation;

/// <summary>How the warehouse differs from the source.</summary>
public enum DifferenceKind
{
    /// <summary>The source has the row, and the warehouse has no record of it.</summary>
    Missing,

    /// <summary>The source has the row, and the warehouse has only ended records of it.</summary>
    WronglyEnded,

    /// <summary>The warehouse has a current record, and the source has no such row.</summary>
    Surplus,

    /// <summary>Both have the row, with other values.</summary>
    Differing,

    /// <summary>The warehouse has two current records of one key.</summary>
    TwoCurrent,

    /// <summary>The source has two rows with one key.</summary>
    TwiceInSource,

    /// <summary>The row can't be in the warehouse and isn't listed as rejected.</summary>
    NotListed,

    /// <summary>The row is listed as rejected, but it can be in the warehouse or is gone from the source.</summary>
    WronglyListed,

    /// <summary>The checksums of all rows of both sides differ.</summary>
    Checksum,
}

/// <summary>A row that is not the same on both sides.</summary>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Relation">The table of the warehouse.</param>
/// <param name="Key">Its key; null if the difference concerns a whole table.</param>
/// <param name="Columns">The columns that differ, if both sides have the row. Never their values.</param>
public sealed record RowDifference(DifferenceKind Kind, string Relation, RowKey? Key, IReadOnlyList<string> Columns);

/// <summary>Rows that differ. All are counted, and the first ones are kept to be shown.</summary>
/// <param name="shown">How many of each kind are kept.</param>
public sealed class DifferenceList(int shown)
{
    private readonly SortedDictionary<DifferenceKind, (long Count, List<RowDifference> First)> _kinds = [];

    /// <summary>How many there are.</summary>
    public long Count => _kinds.Values.Sum(kind => kind.Count);

    /// <summary>The number of each kind, and the first rows of it.</summary>
    public IEnumerable<(DifferenceKind Kind, long Count, IReadOnlyList<RowDifference> First)> Kinds =>
        _kinds.Select(kind => (kind.Key, kind.Value.Count, (IReadOnlyList<RowDifference>)kind.Value.First));

    internal void Add(RowDifference difference)
    {
        var (count, first) = _kinds.TryGetValue(difference.Kind, out var found) ? found : (0, []);
        if (first.Count < shown) first.Add(difference);
        _kinds[difference.Kind] = (count + 1, first);
    }

    /// <summary>Adds rows that were only counted.</summary>
    internal void AddAll(DifferenceList others)
    {
        foreach (var (kind, count, rows) in others.Kinds)
        {
            var (before, first) = _kinds.TryGetValue(kind, out var found) ? found : (0, []);
            first.AddRange(rows.Take(shown - first.Count));
            _kinds[kind] = (before + count, first);
        }
    }
}

/// <summary>What is wrong with one key, in one or more tables of a target.</summary>
/// <param name="Key">The key; null for a whole table.</param>
/// <param name="Expected">Identifies the state of the expected row: if it is the same in a later look, the row didn't change in the source.</param>
/// <param name="Differences">What is wrong.</param>
internal sealed record KeyDifference(RowKey? Key, string Expected, IReadOnlyList<RowDifference> Differences);

/// <summary>
/// The keys that differ. So that memory doesn't grow with the damage, all targets together keep a limited number. The others are counted,
/// and a later look compares the whole table.
/// </summary>
/// <param name="budget">How many more may be kept.</param>
internal sealed class KeyDifferences(KeyBudget budget)
{
    private readonly List<KeyDifference> _kept = [];

    /// <summary>The keys that are kept.</summary>
    public IReadOnlyList<KeyDifference> Kept => _kept;

    /// <summary>The keys that are only counted.</summary>
    public DifferenceList Beyond { get; } = new(shown: 1);

    /// <summary>Whether a row without a readable key differs, which only a look at the whole table can find again.</summary>
    public bool HasKeyless => _kept.Exists(difference => difference.Key is null);

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => _kept.Count == 0 && Beyond.Count == 0;

    public void Add(KeyDifference difference)
    {
        if (budget.TryTake()) _kept.Add(difference);
        else foreach (var row in difference.Differences) Beyond.Add(row);
    }

    public void Replace(IEnumerable<KeyDifference> differences)
    {
        var replaced = differences.ToList();
        budget.Return(_kept.Count - replaced.Count);
        _kept.Clear();
        _kept.AddRange(replaced);
    }

    /// <summary>Returns what was taken.</summary>
    public void Forget()
    {
        budget.Return(_kept.Count);
        _kept.Clear();
    }
}

/// <summary>How many keys may be held in memory.</summary>
internal sealed class KeyBudget(int keys)
{
    private int _left = keys;

    public bool TryTake() => _left > 0 && _left-- > 0;

    public void Return(int taken) => _left += taken;
}
