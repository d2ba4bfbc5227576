using System.Runtime.CompilerServices;

namespace EtlPipeline.Reconciliation;

/// <summary>Walks through two streams in step, by their keys, so that memory does not grow with the tables.</summary>
/// <param name="expected">The rows as the source has them.</param>
/// <param name="actual">The rows as the warehouse has them.</param>
internal sealed class RowMerge(RowStream expected, RowStream actual)
{
    private const string True = "t";

    public async IAsyncEnumerable<RowDifference> FindDifferencesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await expected.AdvanceAsync(cancellationToken);
        await actual.AdvanceAsync(cancellationToken);
        while ((expected.Key ?? actual.Key) is { })
        {
            var (isInSource, isInWarehouse) = (!IsBefore(actual.Key, expected.Key), !IsBefore(expected.Key, actual.Key));
            if (Compare(isInSource, isInWarehouse) is { } difference) yield return difference;
            if (isInSource) await expected.AdvanceAsync(cancellationToken);
            if (isInWarehouse) await actual.AdvanceAsync(cancellationToken);
        }
    }

    private static bool IsBefore(long? key, long? other) => key is { } && (other is null || key < other);

    private RowDifference? Compare(bool isInSource, bool isInWarehouse)
    {
        if (!isInSource) return new RowDifference(DifferenceKind.Surplus, actual.Key!.Value, []);
        if (!isInWarehouse) return new RowDifference(DifferenceKind.Missing, expected.Key!.Value, [], IsPending());
        var columns = FindDifferingColumns();
        return columns is null ? null : new RowDifference(DifferenceKind.Differing, expected.Key!.Value, columns, IsPending());
    }

    private List<string>? FindDifferingColumns()
    {
        List<string>? columns = null;
        for (var column = 1; column < actual.Columns.Count; column++)
        {
            if (expected.Value(column) != actual.Value(column)) (columns ??= []).Add(actual.Columns[column]);
        }

        return columns;
    }

    private bool IsPending() => expected.Value(expected.Columns.Count - 1) == True;
}
