using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Transform.Columns;
using EtlPipeline.Transform.Ingestion;
using EtlPipeline.Transform.Mapping;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Processing;

/// <summary>
/// Makes a version of a target from a version of its source: from the changed rows where it can, else from all, else from none. Deleted
/// rows come first, so that a row that is there outranks one that is not.
/// </summary>
internal sealed class DraftMaker(ILogger logger)
{
    /// <summary>Makes the version.</summary>
    /// <param name="target">The target.</param>
    /// <param name="version">The source's version.</param>
    /// <param name="followed">The version that the target has already, if the changed rows can be put on top of it.</param>
    /// <param name="lookUp">The rows of the look-up; null where the target has none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<VersionDraft> MakeAsync(
        ITarget target, IngestedVersion version, TableVersion? followed, LookUpRows? lookUp, CancellationToken cancellationToken)
    {
        return await TryMakeFromChangedAsync()
            ?? await TryMakeAsync(target, RowScope.All, lookUp, draft => TryAddAllAsync(draft, target, version, cancellationToken), cancellationToken)
            ?? await MakeUnreadableAsync(target, cancellationToken);

        async Task<VersionDraft?> TryMakeFromChangedAsync()
        {
            if (version.Metadata is not { Previous: { } previous } metadata || previous != followed) return null;
            return await TryMakeAsync(
                target, RowScope.Changed, lookUp, draft => TryAddChangedAsync(draft, target, version, metadata, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Makes a version that says that its source could not be read.</summary>
    public static async Task<VersionDraft> MakeUnreadableAsync(ITarget target, CancellationToken cancellationToken)
    {
        var lookUp = target.LookUp is null ? null : target.CreateLookUpRows();
        var draft = await TryMakeAsync(target, RowScope.Unreadable, lookUp, _ => Task.FromResult(true), cancellationToken);
        return draft!;
    }

    private static async Task<VersionDraft?> TryMakeAsync(
        ITarget target, RowScope scope, LookUpRows? lookUp, Func<VersionDraft, Task<bool>> tryFill, CancellationToken cancellationToken)
    {
        var draft = await VersionDraft.BeginAsync(target, scope, lookUp, cancellationToken);
        var isDone = false;
        try
        {
            if (!await tryFill(draft)) return null;
            await draft.CompleteAsync(cancellationToken);
            isDone = true;
            return draft;
        }
        finally
        {
            if (!isDone) await draft.DisposeAsync();
        }
    }

    private async Task<bool> TryAddChangedAsync(
        VersionDraft draft, ITarget target, IngestedVersion version, IngestionMetadata metadata, CancellationToken cancellationToken)
    {
        if (!await TryAddDeletedAsync(draft, target, version, cancellationToken)) return false;
        if (metadata.Changed == 0 || await TryAddTailAsync(draft, version, metadata, cancellationToken)) return true;
        Log.MetadataDoesNotFit(logger, version.Key.Rows);
        return false;
    }

    /// <summary>Adds the changed rows, the last of the body; false where they are not what the metadata says.</summary>
    private static async Task<bool> TryAddTailAsync(
        VersionDraft draft, IngestedVersion version, IngestionMetadata metadata, CancellationToken cancellationToken)
    {
        await using var stored = await version.OpenRowsAsync(metadata.ChangedFrom, cancellationToken);
        using var reader = new JsonRowReader(
            stored.Body, new JsonRowReaderOptions { Offset = metadata.ChangedFrom, IsContinuation = true });
        try
        {
            await draft.AddAsync(reader, RowState.Present, cancellationToken);
            return reader.RowsRead == metadata.Changed;
        }
        catch (UnreadableRowsException)
        {
            return false;
        }
    }

    private async Task<bool> TryAddAllAsync(
        VersionDraft draft, ITarget target, IngestedVersion version, CancellationToken cancellationToken)
    {
        if (!await TryAddDeletedAsync(draft, target, version, cancellationToken))
            Log.DeletedRowsMissing(logger, target.Name, version.Version, version.Key.DeletedRows);
        await using var stored = await version.OpenRowsAsync(0, cancellationToken);
        using var reader = new JsonRowReader(stored.Body);
        try
        {
            await draft.AddAsync(reader, RowState.Present, cancellationToken);
            return true;
        }
        catch (UnreadableRowsException exception)
        {
            Log.Unreadable(logger, target.Name, version.Version, version.Key.Rows, exception.Message);
            return false;
        }
    }

    /// <summary>Adds the rows that vanished with the version; false where they are not there, or not as many as the metadata says.</summary>
    private static async Task<bool> TryAddDeletedAsync(
        VersionDraft draft, ITarget target, IngestedVersion version, CancellationToken cancellationToken)
    {
        var expected = version.Metadata?.Deleted;
        if (!target.KeepsDeletedRows || expected == 0) return true;
        await using var stored = await version.OpenDeletedRowsAsync(cancellationToken);
        if (stored is null) return expected is null;
        using var reader = new JsonRowReader(stored.Body);
        try
        {
            await draft.AddAsync(reader, RowState.Deleted, cancellationToken);
            return expected is null || reader.RowsRead == expected;
        }
        catch (UnreadableRowsException)
        {
            return false;
        }
    }
}
