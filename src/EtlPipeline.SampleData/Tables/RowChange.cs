namespace EtlPipeline.SampleData.Tables;

/// <summary>What became of one row between two states: it was inserted, updated or deleted.</summary>
public abstract record RowChange
{
    private RowChange()
    {
    }

    /// <summary>Compares two states of a table.</summary>
    /// <param name="earlier">The rows before, in key order.</param>
    /// <param name="later">The rows after, in key order.</param>
    internal static IEnumerable<RowChange> Between(IEnumerable<ITotesysRow> earlier, IEnumerable<ITotesysRow> later)
    {
        using var before = earlier.GetEnumerator();
        using var after = later.GetEnumerator();
        var (hasBefore, hasAfter) = (before.MoveNext(), after.MoveNext());
        while (hasBefore || hasAfter)
        {
            var order = !hasBefore ? 1 : !hasAfter ? -1 : before.Current.Key.CompareTo(after.Current.Key);
            if (order < 0) yield return new Deleted(before.Current);
            else if (order > 0) yield return new Inserted(after.Current);
            else if (!before.Current.Equals(after.Current)) yield return new Updated(after.Current);
            if (order <= 0) hasBefore = before.MoveNext();
            if (order >= 0) hasAfter = after.MoveNext();
        }
    }

    /// <summary>The row is new.</summary>
    /// <param name="Row">The new row.</param>
    public sealed record Inserted(ITotesysRow Row) : RowChange;

    /// <summary>The row has other values.</summary>
    /// <param name="Row">The row as it is now.</param>
    public sealed record Updated(ITotesysRow Row) : RowChange;

    /// <summary>The row is gone.</summary>
    /// <param name="Row">The row as it was last.</param>
    public sealed record Deleted(ITotesysRow Row) : RowChange;
}
