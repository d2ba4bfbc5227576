using EtlPipeline.Core.Lake;

namespace EtlPipeline.Reconciliation.Comparison;

/// <summary>Walks through the expected rows and all tables of the warehouse side by side, in key order, so that memory doesn't grow with them.</summary>
/// <param name="target">The target.</param>
/// <param name="expected">The rows as they have to be.</param>
/// <param name="warehouse">The rows as they are.</param>
/// <param name="budget">How many differing keys may be kept.</param>
internal sealed class RowMerge(TargetDescription target, ExpectedRows expected, WarehouseRelations warehouse, KeyBudget budget)
{
    private const string Rejects = "etl_rejected";

    private readonly TableKey _order = target.TableKey;
    private readonly KeyedRows[] _all = [expected, .. warehouse.Tables.Select(table => table.Rows).Append(warehouse.Rejected).OfType<KeyedRows>()];
    private readonly KeyDifferences _differences = new(budget);
    private readonly List<RowDifference> _found = [];
    private long _rejected;
    private long _kept;

    /// <summary>What was found.</summary>
    public LookResult Result => new(_differences)
    {
        SourceRows = expected.Count + expected.WithoutKey,
        WarehouseRows = warehouse.Tables[0].Rows?.Count ?? 0,
        Rejected = _rejected + expected.WithoutKey,
        Kept = _kept,
    };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var rows in _all) await rows.AdvanceAsync(cancellationToken);
        while (Lowest() is { } key)
        {
            await JudgeAsync(key, cancellationToken);
            foreach (var rows in _all)
            {
                if (IsAt(rows, key)) await rows.AdvanceAsync(cancellationToken);
            }
        }

        if (warehouse.RejectedWithoutKey < expected.WithoutKey)
            _differences.Add(new KeyDifference(null, $"{expected.WithoutKey}", [new RowDifference(DifferenceKind.NotListed, Rejects, null, [])]));
    }

    private RowKey? Lowest()
    {
        RowKey? lowest = null;
        foreach (var rows in _all)
        {
            if (rows.Key is { } key && (lowest is null || _order.Compare(key, lowest) < 0)) lowest = key;
        }

        return lowest;
    }

    private bool IsAt(KeyedRows? rows, RowKey key) => rows?.Key is { } found && _order.Compare(found, key) == 0;

    private async Task JudgeAsync(RowKey key, CancellationToken cancellationToken)
    {
        _found.Clear();
        var isInSource = IsAt(expected, key);
        var reason = isInSource ? expected.Rejected : null;
        if (reason is { }) _rejected++;
        if (isInSource && expected.IsRepeated) _found.Add(new RowDifference(DifferenceKind.TwiceInSource, target.Source?.Value ?? string.Empty, key, []));
        else await CompareAsync(key, isInSource, reason, cancellationToken);
        if (_found.Count > 0) _differences.Add(new KeyDifference(key, isInSource ? expected.Fingerprint() : "gone", [.. _found]));
    }

    private async Task CompareAsync(RowKey key, bool isInSource, string? reason, CancellationToken cancellationToken)
    {
        foreach (var table in warehouse.Tables)
        {
            // If a row can no longer be transformed, its last good state stays.
            if (reason is null) Compare(table, key, isInSource);
            await SkipSecondAsync(table, key, cancellationToken);
        }

        CompareList(key, reason);
    }

    private void Compare(WarehouseRelation table, RowKey key, bool isInSource)
    {
        var isThere = IsAt(table.Rows, key);
        if (isInSource && !isThere) _found.Add(new RowDifference(DifferenceKind.Missing, table.Name, key, []));
        else if (isInSource && FindDiffering(table) is { Count: > 0 } columns) _found.Add(new RowDifference(DifferenceKind.Differing, table.Name, key, columns));
        else if (!isInSource && isThere && table.KeepsGone) _kept++;
        else if (!isInSource && isThere) _found.Add(new RowDifference(DifferenceKind.Surplus, table.Name, key, []));
    }

    private List<string> FindDiffering(WarehouseRelation table)
    {
        List<string> columns = [];
        for (var column = 0; column < target.Columns.Count; column++)
        {
            if (!table.Values[column].AreEqual(expected.Value(column), table.Rows!.Value(column))) columns.Add(target.Columns[column].Name);
        }

        return columns;
    }

    /// <summary>Goes to the last of the records that have one key.</summary>
    private async Task SkipSecondAsync(WarehouseRelation table, RowKey key, CancellationToken cancellationToken)
    {
        while (IsAt(table.Rows, key))
        {
            if (table.Rows!.IsRepeated && !_found.Exists(found => found.Kind == DifferenceKind.TwoCurrent && found.Relation == table.Name))
                _found.Add(new RowDifference(DifferenceKind.TwoCurrent, table.Name, key, []));
            await table.Rows.AdvanceAsync(cancellationToken);
        }
    }

    /// <summary>Exactly the rows that can't be in the warehouse have to be in the list.</summary>
    private void CompareList(RowKey key, string? reason)
    {
        var isListed = IsAt(warehouse.Rejected, key);
        if (reason is { } && !isListed) _found.Add(new RowDifference(DifferenceKind.NotListed, Rejects, key, []));
        if (reason is null && isListed) _found.Add(new RowDifference(DifferenceKind.WronglyListed, Rejects, key, []));
    }
}
