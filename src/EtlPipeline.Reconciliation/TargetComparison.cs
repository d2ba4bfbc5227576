namespace EtlPipeline.Reconciliation;

/// <summary>Compares one target, and tells faults from what is no fault.</summary>
internal sealed class TargetComparison(ComparedTarget target, LoadedVersion loaded, IngestedVersions ingested, int keysShown)
{
    // So many surplus facts are looked up in the loaded version; more of them are no deletes that went unseen, and count without a look.
    private const int LookedUpLimit = 100_000;

    private readonly HashSet<long> _perhapsDeleted = [];
    private readonly TargetReport _report = new(target.Target, keysShown) { Loaded = loaded.Version, Doubt = loaded.Doubt };

    public async Task<TargetReport> RunAsync(Snapshot source, Snapshot warehouse, CancellationToken cancellationToken)
    {
        await using var expected = await RowStreams.OpenExpectedAsync(source, target, loaded, cancellationToken);
        await using var actual = await RowStreams.OpenActualAsync(warehouse, target, expected, cancellationToken);
        await foreach (var difference in new RowMerge(expected, actual).FindDifferencesAsync(cancellationToken)) Judge(difference);
        (_report.SourceRows, _report.WarehouseRows) = (expected.RowsRead, actual.RowsRead);
        await JudgeDeletesAsync(cancellationToken);
        return _report;
    }

    private void Judge(RowDifference difference)
    {
        if (difference.IsPending) _report.Pending++;
        else if (difference.Kind != DifferenceKind.Surplus) _report.AddFault(difference);
        else if (!target.IsFact) _report.Kept++;
        else if (_perhapsDeleted.Count < LookedUpLimit) _perhapsDeleted.Add(difference.Key);
        else _report.AddFault(difference);
    }

    private async Task JudgeDeletesAsync(CancellationToken cancellationToken)
    {
        _report.Pending += await ingested.RemoveDeletedSinceAsync(_perhapsDeleted, target, loaded, cancellationToken);
        foreach (var key in _perhapsDeleted.Order()) _report.AddFault(new RowDifference(DifferenceKind.Surplus, key, []));
    }
}
