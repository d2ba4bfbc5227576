using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract.Publication;
using EtlPipeline.Extract.Reading;
using EtlPipeline.Extract.Source;
using EtlPipeline.Targets;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

/// <summary>
/// The first stage: brings the ingestion bucket up to date with the source. It keeps no state but what lies in the bucket, so that a run can
/// be repeated, or die at any point.
/// </summary>
/// <param name="source">Where the rows come from.</param>
/// <param name="ingestion">The ingestion bucket.</param>
/// <param name="options">What is extracted.</param>
/// <param name="clock">Tells what is recent in the bucket, and how long things take; versions are stamped by the source's clock.</param>
/// <param name="logger">Where the run is told of.</param>
/// <param name="progress">Told of each version when it is put; may be null.</param>
public sealed class ExtractStage(
    ISource source, IObjectStore ingestion, ExtractOptions options, TimeProvider clock, ILogger logger, IProgress<VersionWritten>? progress = null)
{
    internal const string Name = "Extract";

    private readonly ChainReader _chains = new(ingestion, clock, logger);

    /// <summary>Runs once.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="invocation">The invocation; versions carry its id. The run begins nothing more once its time is up.</param>
    /// <exception cref="StageFailedException">Some tables could not be extracted; the others were.</exception>
    /// <exception cref="PipelineException">The event names a table that isn't listed, or the source can't be used at all.</exception>
    /// <exception cref="DatabaseException">The database could not be reached, or the session was lost; what was put by then is whole.</exception>
    public async Task<ExtractSummary> RunAsync(ExtractRequest request, Invocation invocation)
    {
        var started = clock.GetTimestamp();
        await using var session = await source.TryBeginAsync(ingestion.Name, invocation.CancellationToken);
        if (session is null)
        {
            Log.RunSkipped(logger);
            new StageMetrics { Duration = clock.GetElapsedTime(started) }.Write(logger, Name);
            return new ExtractSummary(IsSkipped: true, RunStamp: null, [], []);
        }

        var tables = await session.ListAsync(options.Tables, invocation.CancellationToken);
        request = Resolve(request, tables);
        CheckNames(request, tables);
        var failures = new StageFailures(Name, logger, exception => exception is DatabaseException);
        var chains = await ReadChainsAsync(tables, failures, invocation.CancellationToken);
        var summary = await ReadAsync(session, tables, chains, failures, request, invocation);
        WriteMetrics(summary, failures, started);
        failures.ThrowIfAny();
        return summary;
    }

    /// <summary>A reader of the warehouse knows its tables by their names there, and so does Load when it asks for one.</summary>
    private static ExtractRequest Resolve(ExtractRequest request, IReadOnlyList<ListedTable> tables)
    {
        var listed = tables.Select(table => table.Name).ToHashSet();
        return request with { Read = Sources(request.Read), AcceptDeletes = Sources(request.AcceptDeletes) };

        HashSet<TableName> Sources(IEnumerable<TableName> names) =>
            [.. names.Select(name => !listed.Contains(name) && TargetCatalogue.SourceOf(name) is var source && listed.Contains(source) ? source : name)];
    }

    private static void CheckNames(ExtractRequest request, IReadOnlyList<ListedTable> tables)
    {
        var unlisted = request.Read.Concat(request.AcceptDeletes).Except(tables.Select(table => table.Name)).ToList();
        var fault = unlisted.Count > 0 ? $"{Quoted(unlisted)}, which AWS_TABLES_LIST doesn't" : $"{Quoted(request.NamedTwice)} twice";
        if (unlisted.Count > 0 || request.NamedTwice.Count > 0)
            throw new PipelineException($"The event names {fault}. The tables are {string.Join(", ", tables.Select(table => table.Name))}");
    }

    private static string Quoted(IEnumerable<TableName> tables) => string.Join(", ", tables.Select(table => $"'{table}'"));

    /// <summary>Reads all chains at once: most of the time of a run in which nothing changed would go by in these requests.</summary>
    private async Task<IReadOnlyDictionary<TableName, TableChain>> ReadChainsAsync(
        IReadOnlyList<ListedTable> tables, StageFailures failures, CancellationToken cancellationToken)
    {
        var readings = tables.Select(table => (table.Name, Chain: _chains.ReadAsync(table.Name, cancellationToken))).ToList();
        var chains = new Dictionary<TableName, TableChain>();
        foreach (var (table, chain) in readings) await failures.GuardAsync(table.Value, async () => chains.Add(table, await chain));
        return chains;
    }

    /// <summary>Reads all tables in one snapshot, whose transaction has ended when this returns.</summary>
    private async Task<ExtractSummary> ReadAsync(
        ISourceSession session,
        IReadOnlyList<ListedTable> tables,
        IReadOnlyDictionary<TableName, TableChain> chains,
        StageFailures failures,
        ExtractRequest request,
        Invocation invocation)
    {
        await using var snapshot = await session.TakeSnapshotAsync(tables, invocation.CancellationToken);
        var run = new ExtractRun
        {
            Request = request,
            Invocation = invocation,
            Source = source.Kind,
            Snapshot = snapshot,
            Stamps = RunStamps.Begin(snapshot.Point.TakenAt, chains.Values),
            Options = options,
        };
        var reading = new RunReading(run, _chains, new VersionWriter(ingestion, clock, logger, progress), failures, logger);
        await reading.FollowAsync(tables, chains);
        await reading.ReadRoundAsync();
        if (failures.Count == 0 && !reading.HasLeftAny) await Watermark.ReplaceAsync(ingestion, run.Point.TakenAt, invocation.CancellationToken);
        return reading.Summarize();
    }
    private void WriteMetrics(ExtractSummary summary, StageFailures failures, long started)
    {
        foreach (var versions in summary.Versions.GroupBy(version => version.Table))
            Measure(versions, summary.Tables.Where(table => table.Table == versions.Key)).Write(logger, Name, versions.Key);
        var all = Measure(summary.Versions, summary.Tables);
        (all with { Duration = clock.GetElapsedTime(started), Success = failures.Count == 0 }).Write(logger, Name);
    }

    private static StageMetrics Measure(IEnumerable<VersionWritten> versions, IEnumerable<TableState> tables) => new()
    {
        Rows = versions.Sum(version => version.Rows),
        Bytes = versions.Sum(version => version.Bytes),
        Duration = versions.Aggregate(TimeSpan.Zero, (sum, version) => sum + version.Elapsed),
        UnknownSegments = tables.Sum(table => table.Unknown),
    };
}
