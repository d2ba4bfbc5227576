using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Rows;

namespace EtlPipeline.Extract.Comparison;

/// <summary>Makes the next version of a table out of the newest one and the rows that were read from the source.</summary>
/// <param name="body">The newest version's rows.</param>
/// <param name="current">The source's rows, in key order.</param>
/// <param name="comparison">The same rows, to compare with.</param>
/// <param name="formatter">Reads keys.</param>
internal sealed class VersionMerge(NewestBody body, RowSpool current, IRowComparison comparison, RowFormatter formatter)
{
    /// <summary>Merges.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UnreadableRowsException">The newest version is not a JSON array of objects.</exception>
    /// <exception cref="MetadataMismatchException">It is not what its metadata says.</exception>
    public async Task<VersionDraft> RunAsync(CancellationToken cancellationToken)
    {
        var draft = new VersionDraft(comparison.Depth) { Read = current.Count };
        try
        {
            await using var replaced = new RowSpool();
            await CopyUnchangedAsync(draft, replaced, cancellationToken);
            var replacedKeys = await HashKeysAsync(replaced, cancellationToken);
            await AppendChangedAsync(draft, replacedKeys, cancellationToken);
            await KeepVanishedAsync(draft, replaced, replacedKeys, cancellationToken);
            await draft.CompleteAsync(cancellationToken);
            return draft;
        }
        catch
        {
            await draft.DisposeAsync();
            throw;
        }
    }

    private async Task CopyUnchangedAsync(VersionDraft draft, RowSpool replaced, CancellationToken cancellationToken)
    {
        var line = Array.Empty<byte>();
        var checkMetadata = comparison.Depth == ComparisonDepth.ChangedRows;
        draft.RowsBefore = await body.ReadAsync(checkMetadata, CopyAsync, cancellationToken);
        await replaced.CompleteAsync(cancellationToken);

        ValueTask CopyAsync(JsonRow row) => comparison.IsUnchanged(row, out var unchanged)
            ? draft.Rows.AppendAsync(unchanged, cancellationToken)
            : replaced.AppendAsync(OneLine.Of(row.Utf8, ref line), cancellationToken);
    }

    private async Task<CompactHashSet> HashKeysAsync(RowSpool rows, CancellationToken cancellationToken)
    {
        var keys = new CompactHashSet(rows.Count);
        using var reader = rows.Read();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (formatter.HashKey(reader.Current) is { } key) keys.Add(key);
        }

        keys.Seal();
        return keys;
    }

    /// <summary>Appends the new and changed rows, and marks the keys that the source still has.</summary>
    private async Task AppendChangedAsync(VersionDraft draft, CompactHashSet replacedKeys, CancellationToken cancellationToken)
    {
        draft.ChangedFrom = draft.Rows.NextRowOffset;
        var line = Array.Empty<byte>();
        using var reader = current.Read();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (replacedKeys.Count > 0) replacedKeys.TryMark(formatter.HashKey(reader.Current)!.Value);
            if (!comparison.IsChanged(reader.Current)) continue;
            await draft.Rows.AppendAsync(OneLine.Of(reader.Current.Utf8, ref line), cancellationToken);
            draft.Changed++;
        }
    }

    /// <summary>Of the rows that are not in the new version, those whose keys the source no longer has.</summary>
    private async Task KeepVanishedAsync(
        VersionDraft draft, RowSpool replaced, CompactHashSet replacedKeys, CancellationToken cancellationToken)
    {
        var line = Array.Empty<byte>();
        using var reader = replaced.Read();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (formatter.HashKey(reader.Current) is { } key && replacedKeys.TryMark(key))
                await draft.Deleted.AppendAsync(OneLine.Of(reader.Current.Utf8, ref line), cancellationToken);
        }
    }
}
