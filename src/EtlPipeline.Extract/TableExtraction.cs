using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Comparison;
using EtlPipeline.Extract.Planning;
using EtlPipeline.Extract.Rows;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Versions;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

/// <summary>Extracts one table: decides what to read, compares it with the newest version, and decides whether there is a version to write.</summary>
internal sealed class TableExtraction(ExtractRun run, ISourceSnapshot snapshot, IObjectStore ingestion, ILogger logger)
{
    /// <summary>So many rows that were read for nothing make a version that spares the next run from reading them again.</summary>
    private const long TooManyUnchanged = 10_000;

    private readonly ExtractionPlanner _planner = new(run.Source, run.Snapshot, run.Request.IsFull);

    /// <summary>Reads the table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="newest">Its newest version; null where it has none.</param>
    /// <param name="lookUp">The version of its look-up; null where it has none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was read, and the version to put, if any; the caller disposes of it.</returns>
    /// <exception cref="PipelineException">The table can't be read, or is refused.</exception>
    public async Task<ExtractedTable> RunAsync(
        TableName table, NewestVersion? newest, TableVersion? lookUp, CancellationToken cancellationToken)
    {
        var relation = await snapshot.DescribeAsync(table, cancellationToken);
        using var reader = new SourceTableReader(snapshot, relation);
        var body = newest is null ? null : new NewestBody(ingestion, newest);
        var execution = new PlanExecution(table, new TableComparer(reader), body, logger);
        var draft = await execution.RunAsync(_planner.Decide(relation, newest), cancellationToken);
        try
        {
            if (!run.Request.AcceptDeletes.Contains(table)) DeleteGuard.Check(table, draft);
            var hasOtherLookUp = newest is { } && newest.Metadata?.LookUp != lookUp;
            if (hasOtherLookUp) draft.CountAllAsChanged();
            var metadata = VersionMetadata.Of(draft, run, relation, newest, lookUp);
            return new ExtractedTable(new VersionKey(table, run.Stamp), draft, metadata, hasOtherLookUp || IsWorthAVersion(draft));
        }
        catch
        {
            await draft.DisposeAsync();
            throw;
        }
    }

    private static bool IsWorthAVersion(VersionDraft draft) =>
        draft.Depth != ComparisonDepth.ChangedRows || draft.Changed > 0 || draft.Deleted.Count > 0 || draft.Read > TooManyUnchanged;
}
