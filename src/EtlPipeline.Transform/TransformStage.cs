using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Targets;
using EtlPipeline.Transform.Lookups;
using EtlPipeline.Transform.Mapping;
using EtlPipeline.Transform.Parquet;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform;

/// <summary>
/// The second stage: versions of source tables, as JSON, become versions of warehouse tables, as Parquet. It has no state of its own: what
/// it has done is what lies in the processed bucket, so an invocation can be repeated, killed, or run beside another.
/// </summary>
public sealed class TransformStage
{
    private const string Stage = "Transform";

    private readonly TargetList _targets;
    private readonly IObjectStore _ingestion;
    private readonly IObjectStore _processed;
    private readonly CalendarFile _calendar;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly IProgress<VersionTransformed>? _progress;

    /// <summary>Makes the stage.</summary>
    /// <param name="ingestion">The ingestion bucket.</param>
    /// <param name="processed">The processed bucket.</param>
    /// <param name="calendar">The days of <c>dim_date</c> if there is none yet.</param>
    /// <param name="clock">Tells what is recent, and how long things take.</param>
    /// <param name="logger">Where the lines go.</param>
    /// <param name="progress">Is told of each version that was written.</param>
    /// <param name="copied">Tables that are carried as they are although a target is made of one of that name.</param>
    /// <exception cref="PipelineException">The targets don't go together; the message names the files to mend.</exception>
    public TransformStage(
        IObjectStore ingestion,
        IObjectStore processed,
        Calendar calendar,
        TimeProvider clock,
        ILogger logger,
        IProgress<VersionTransformed>? progress = null,
        TableList? copied = null)
        : this(TargetCatalogue.List.Without(copied ?? TableList.None), ingestion, processed, calendar, clock, logger, progress)
    {
    }

    internal TransformStage(
        TargetList targets,
        IObjectStore ingestion,
        IObjectStore processed,
        Calendar calendar,
        TimeProvider clock,
        ILogger logger,
        IProgress<VersionTransformed>? progress = null)
    {
        (_targets, _ingestion, _processed, _clock, _logger, _progress) = (targets, ingestion, processed, clock, logger, progress);
        _calendar = new CalendarFile(processed, calendar, logger);
    }

    /// <summary>Brings up to date what the event is about: the targets of the tables that it names, or all.</summary>
    /// <param name="stageEvent">The event.</param>
    /// <param name="invocation">The invocation. If its time is up the stage ends well, and the next one carries on.</param>
    /// <exception cref="StageFailedException">A table could not be brought up to date; the others were.</exception>
    public async Task<TransformSummary> RunAsync(StageEvent stageEvent, Invocation invocation)
    {
        var started = _clock.GetTimestamp();
        var failures = new StageFailures(Stage, _logger);
        var written = new WrittenVersions(invocation, _progress);
        var update = new TableUpdate(_targets, _ingestion, _processed, new LookUpReader(_ingestion), written, _clock, _logger);
        await failures.GuardAsync(CalendarFile.Table.Value, () => _calendar.EnsureAsync(invocation.CancellationToken));
        await foreach (var table in new EventTables(_targets, _ingestion, failures, _logger).ReadAsync(stageEvent, invocation.CancellationToken))
        {
            if (invocation.IsTimeUp)
            {
                Log.TimeIsUp(_logger, table.Source);
                break;
            }

            await failures.GuardAsync(table.Source.Value, () => update.RunAsync(table, invocation));
        }

        WriteMetrics(written, failures, started);
        failures.ThrowIfAny();
        return new TransformSummary(written.Versions);
    }

    private void WriteMetrics(WrittenVersions written, StageFailures failures, long started)
    {
        foreach (var versions in written.Versions.GroupBy(version => version.Target)) Measure(versions).Write(_logger, Stage, versions.Key);
        var all = Measure(written.Versions);
        (all with { Bytes = written.Bytes, Duration = _clock.GetElapsedTime(started), Success = failures.Count == 0 }).Write(_logger, Stage);
    }

    private static StageMetrics Measure(IEnumerable<VersionTransformed> versions) => new()
    {
        Rows = versions.Sum(version => version.Rows),
        Duration = versions.Aggregate(TimeSpan.Zero, (sum, version) => sum + version.Elapsed),
    };
}

/// <summary>What an invocation of Transform did.</summary>
/// <param name="Versions">The versions that it wrote, in order.</param>
public sealed record TransformSummary(IReadOnlyList<VersionTransformed> Versions);

/// <summary>A version that this invocation has written.</summary>
/// <param name="Source">The table of the source.</param>
/// <param name="Target">The table of the warehouse.</param>
/// <param name="Version">The version, of both.</param>
/// <param name="Rows">How many good rows the Parquet file holds.</param>
/// <param name="Rejected">How many rows could not be transformed.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record VersionTransformed(TableName Source, TableName Target, TableVersion Version, long Rows, long Rejected, TimeSpan Elapsed);

/// <summary>Keeps what an invocation wrote, and tells who wants to know.</summary>
internal sealed class WrittenVersions(Invocation invocation, IProgress<VersionTransformed>? progress)
{
    private readonly List<VersionTransformed> _versions = [];

    public IReadOnlyList<VersionTransformed> Versions => _versions;

    public long Bytes { get; private set; }

    public void Add(VersionTransformed version, long bytes)
    {
        _versions.Add(version);
        Bytes += bytes;
        invocation.LastDone = $"{version.Target}/{version.Version}";
        progress?.Report(version);
    }
}
