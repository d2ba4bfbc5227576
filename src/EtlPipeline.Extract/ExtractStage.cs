using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Versions;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

/// <summary>
/// The first stage: brings the ingestion bucket up to date with the source. It keeps no state but what lies in the bucket, so that a run can
/// be repeated, or die at any point.
/// </summary>
/// <param name="source">Where the rows come from.</param>
/// <param name="ingestion">The ingestion bucket.</param>
/// <param name="tables">The tables to extract.</param>
/// <param name="clock">Tells what is recent in the bucket, and how long things take; versions are stamped by the source's clock.</param>
/// <param name="logger">Where the run is told of.</param>
/// <param name="progress">Told of each table when it is done; may be null.</param>
public sealed class ExtractStage(
    ISource source, IObjectStore ingestion, TableList tables, TimeProvider clock, ILogger logger, IProgress<TableExtracted>? progress = null)
{
    private const string Name = "Extract";

    /// <summary>Runs once.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="requestId">The invocation's id; versions carry it, and a repeated invocation may have it again.</param>
    /// <param name="cancellationToken">Ends the run; what was put stays.</param>
    /// <exception cref="StageFailedException">Some tables could not be extracted; the others were.</exception>
    /// <exception cref="Core.PostgreSql.DatabaseException">The database could not be reached, or the session was lost; no version was put.</exception>
    public async Task<ExtractSummary> RunAsync(ExtractRequest request, string requestId, CancellationToken cancellationToken)
    {
        using var scope = InvocationScope.Begin(logger, Name, requestId);
        var started = clock.GetTimestamp();
        await using var session = await source.TryBeginAsync(cancellationToken);
        if (session is null)
        {
            Log.RunSkipped(logger);
            return new ExtractSummary(Skipped: true, []);
        }

        var failures = new TableFailures(Name, logger);
        var newest = await FindNewestAsync(failures, cancellationToken);
        await using var reading = new SnapshotReading(ingestion, newest, failures, clock, logger);
        var run = await ReadAsync(session, reading, newest, request, requestId, cancellationToken);
        var publication = new VersionPublication(ingestion, failures, clock, logger, progress);
        var done = await publication.RunAsync(reading.Tables, cancellationToken);
        if (failures.Count == 0) await Watermark.ReplaceAsync(ingestion, run.Snapshot.TakenAt, cancellationToken);
        LogEnd(done, failures, clock.GetElapsedTime(started));
        failures.ThrowIfAny();
        return new ExtractSummary(Skipped: false, done);
    }

    /// <summary>Looks for all tables at once: most of the time of a run in which nothing changed would go by in these requests.</summary>
    private async Task<NewestVersions> FindNewestAsync(TableFailures failures, CancellationToken cancellationToken)
    {
        var newest = new NewestVersions(ingestion, clock);
        var searches = tables.Select(table => (Table: table, Version: newest.FindAsync(table, cancellationToken))).ToArray();
        foreach (var (table, version) in searches) await failures.GuardAsync(table, async () => newest.Add(table, await version));
        return newest;
    }

    /// <summary>Reads all tables in one snapshot. Its transaction has ended when this returns; the session's lock is still held.</summary>
    private async Task<ExtractRun> ReadAsync(
        ISourceSession session,
        SnapshotReading reading,
        NewestVersions newest,
        ExtractRequest request,
        string requestId,
        CancellationToken cancellationToken)
    {
        var known = tables.Where(newest.AreKnown).ToArray();
        await using var snapshot = await session.TakeSnapshotAsync(known, cancellationToken);
        var run = new ExtractRun
        {
            Request = request,
            RequestId = requestId,
            Source = source.Kind,
            Snapshot = snapshot.Point,
            Stamp = await newest.NextStampAsync(snapshot.Point.TakenAt, cancellationToken),
        };
        await reading.RunAsync(run, snapshot, known, cancellationToken);
        return run;
    }

    private void LogEnd(IReadOnlyList<TableExtracted> done, TableFailures failures, TimeSpan elapsed)
    {
        var versions = done.Count(table => table.Version is { });
        var rows = done.Sum(table => table.Rows);
        var changed = done.Sum(table => table.Changed);
        Log.ExtractFinished(logger, done.Count, versions, rows, changed, failures.Count, (long)elapsed.TotalMilliseconds);
    }
}
