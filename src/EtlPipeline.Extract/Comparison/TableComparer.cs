using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Rows;
using EtlPipeline.Extract.Sources;

namespace EtlPipeline.Extract.Comparison;

/// <summary>Reads a table of the source and compares it with its newest version.</summary>
internal sealed class TableComparer(SourceTableReader table)
{
    /// <summary>Every row, compared with nothing.</summary>
    /// <param name="rowsBefore">How many rows the newest version had.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<VersionDraft> WriteEveryRowAsync(long rowsBefore, CancellationToken cancellationToken)
    {
        var draft = new VersionDraft(ComparisonDepth.None) { RowsBefore = rowsBefore };
        try
        {
            draft.ChangedFrom = draft.Rows.NextRowOffset;
            await foreach (var row in table.ReadAsync(new RowFilter.All(), cancellationToken))
                await draft.Rows.AppendAsync(row.Json, cancellationToken);
            draft.Read = draft.Changed = draft.Rows.Count;
            await draft.CompleteAsync(cancellationToken);
            return draft;
        }
        catch
        {
            await draft.DisposeAsync();
            throw;
        }
    }

    /// <summary>All rows, compared with the newest version.</summary>
    /// <exception cref="UnreadableRowsException">The newest version is not a JSON array of objects.</exception>
    public async Task<VersionDraft> CompareAllAsync(NewestBody body, CancellationToken cancellationToken)
    {
        using var formatter = new RowFormatter(table.Relation);
        var comparison = new FullComparison(formatter, await table.CountAsync(cancellationToken));
        await using var rows = await SpoolAsync(new RowFilter.All(), comparison, cancellationToken);
        return await new VersionMerge(body, rows, comparison, formatter).RunAsync(cancellationToken);
    }

    /// <summary>
    /// The rows that may have changed, compared with the newest version. Where the number of rows tells that some were deleted, all keys
    /// are read.
    /// </summary>
    /// <exception cref="UnreadableRowsException">The newest version is not a JSON array of objects.</exception>
    /// <exception cref="MetadataMismatchException">It is not what its metadata says.</exception>
    public async Task<VersionDraft> CompareChangedAsync(NewestBody body, RowFilter.ChangedSince filter, CancellationToken cancellationToken)
    {
        using var formatter = new RowFormatter(table.Relation);
        var count = await table.CountAsync(cancellationToken);
        var comparison = new ChangedRowsComparison(formatter);
        await using var candidates = await SpoolAsync(filter, comparison, cancellationToken);
        var merge = new VersionMerge(body, candidates, comparison, formatter);
        if (await MergeAsync(merge, count, cancellationToken) is { } draft) return draft;
        comparison.RestrictTo(await table.ReadKeysAsync(count, cancellationToken));
        return await MergeAsync(merge, count, cancellationToken) ?? throw new MetadataMismatchException();
    }

    private static async Task<VersionDraft?> MergeAsync(VersionMerge merge, long count, CancellationToken cancellationToken)
    {
        var draft = await merge.RunAsync(cancellationToken);
        if (draft.Rows.Count == count) return draft;
        await draft.DisposeAsync();
        return null;
    }

    private async Task<RowSpool> SpoolAsync(RowFilter filter, IRowComparison comparison, CancellationToken cancellationToken)
    {
        var spool = new RowSpool();
        try
        {
            await foreach (var row in table.ReadAsync(filter, cancellationToken))
            {
                comparison.Add(row);
                await spool.AppendAsync(row.Json, cancellationToken);
            }

            comparison.Seal();
            await spool.CompleteAsync(cancellationToken);
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }
}
