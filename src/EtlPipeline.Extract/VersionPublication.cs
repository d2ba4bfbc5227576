using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Versions;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

/// <summary>Puts the versions of a run into the bucket, look-up tables first, and some at once: an upload is mostly waiting.</summary>
internal sealed class VersionPublication(
    IObjectStore ingestion, TableFailures failures, TimeProvider clock, ILogger logger, IProgress<TableExtracted>? progress)
{
    private const int AtOnce = 4;

    private readonly VersionUpload _upload = new(ingestion);
    private readonly List<TableExtracted> _done = [];

    /// <summary>Puts the versions.</summary>
    /// <returns>The tables that are done, also those that had not changed.</returns>
    public async Task<IReadOnlyList<TableExtracted>> RunAsync(IReadOnlyList<ExtractedTable> tables, CancellationToken cancellationToken)
    {
        foreach (var alike in tables.ToLookup(table => SourceCatalogue.IsLookUp(table.Key.Table)).OrderByDescending(alike => alike.Key))
        {
            foreach (var some in alike.Chunk(AtOnce)) await PublishAsync(some, cancellationToken);
        }

        return _done;
    }

    private async Task PublishAsync(ExtractedTable[] tables, CancellationToken cancellationToken)
    {
        var uploads = tables.Select(table => PutAsync(table, cancellationToken)).ToArray();
        // Whatever becomes of one, none reads its file any more when this returns.
        await ((Task)Task.WhenAll(uploads)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (table, upload) in tables.Zip(uploads))
            await failures.GuardAsync(table.Key.Table, async () => Report(table, table.Elapsed + await upload));
    }

    private async Task<TimeSpan> PutAsync(ExtractedTable table, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        CheckLookUp(table);
        if (table.IsVersion) await _upload.PutAsync(table, cancellationToken);
        return clock.GetElapsedTime(started);
    }

    /// <summary>A version must not name a look-up version that could not be put.</summary>
    private void CheckLookUp(ExtractedTable table)
    {
        if (!table.IsVersion || table.Metadata.LookUp != table.Key.Version) return;
        var lookUp = SourceCatalogue.LookUpOf(table.Key.Table)!.Value;
        if (failures.Contains(lookUp))
            throw new PipelineException($"Table '{table.Key.Table}' waits for its look-up table '{lookUp}', whose version could not be put");
    }

    private void Report(ExtractedTable table, TimeSpan elapsed)
    {
        var (key, draft) = (table.Key, table.Draft);
        var done = new TableExtracted(
            key.Table, table.IsVersion ? key.Version : null, draft.Read, draft.Rows.Count, draft.Changed, draft.Deleted.Count, elapsed);
        if (table.IsVersion)
            Log.VersionWritten(
                logger, key.Table, key.Version, done.Rows, done.Changed, done.Deleted, done.Read, (long)elapsed.TotalMilliseconds);
        else
            Log.TableUnchanged(logger, key.Table, done.Read, (long)elapsed.TotalMilliseconds);
        _done.Add(done);
        progress?.Report(done);
    }
}
