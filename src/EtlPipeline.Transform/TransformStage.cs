using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Ingestion;
using EtlPipeline.Transform.Mapping;
using EtlPipeline.Transform.Processing;
using EtlPipeline.Transform.Targets;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform;

/// <summary>
/// The second stage: versions of source tables, as JSON, become versions of warehouse tables, as Parquet. It has no state of its own: what
/// it has done is what lies in the processed bucket, so an invocation can be repeated, killed, or run beside another.
/// </summary>
public sealed class TransformStage
{
    private const string Stage = "Transform";

    private readonly EventReader _events;
    private readonly BaseCalendar _calendar;
    private readonly TargetUpdate _update;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly IProgress<VersionTransformed>? _progress;

    /// <summary>Makes the stage.</summary>
    /// <param name="ingestion">The ingestion bucket.</param>
    /// <param name="processed">The processed bucket.</param>
    /// <param name="calendar">The days of <c>dim_date</c> where there is none yet.</param>
    /// <param name="clock">Tells what is recent, and how long things take.</param>
    /// <param name="logger">Where the lines go.</param>
    /// <param name="progress">Is told of each version that was written.</param>
    public TransformStage(
        IObjectStore ingestion,
        IObjectStore processed,
        Calendar calendar,
        TimeProvider clock,
        ILogger logger,
        IProgress<VersionTransformed>? progress = null)
        : this(WarehouseTargets.All, ingestion, processed, calendar, clock, logger, progress)
    {
    }

    internal TransformStage(
        IReadOnlyList<ITarget> targets,
        IObjectStore ingestion,
        IObjectStore processed,
        Calendar calendar,
        TimeProvider clock,
        ILogger logger,
        IProgress<VersionTransformed>? progress = null)
    {
        var ingested = new VersionListing(ingestion, ObjectForm.Rows, clock);
        var transformer = new VersionTransformer(
            ingestion, processed, new LookUpReader(ingestion, ingested), new DraftMaker(logger), clock, logger);
        _events = new EventReader(targets, logger);
        _calendar = new BaseCalendar(processed, calendar, logger);
        _update = new TargetUpdate(ingestion, ingested, new VersionListing(processed, ObjectForm.Parquet, clock), transformer);
        (_clock, _logger, _progress) = (clock, logger, progress);
    }

    /// <summary>Brings up to date what the event is about: the targets of the tables that it names, or all.</summary>
    /// <param name="stageEvent">The event.</param>
    /// <param name="requestId">The invocation's id, for the log.</param>
    /// <param name="cancellationToken">Ends the invocation; what was written stays, and the next one carries on.</param>
    /// <exception cref="StageFailedException">A target could not be brought up to date; the others were.</exception>
    public async Task<TransformSummary> RunAsync(StageEvent stageEvent, string requestId, CancellationToken cancellationToken)
    {
        using var scope = InvocationScope.Begin(_logger, Stage, requestId);
        var started = _clock.GetTimestamp();
        var failures = new FailureList(Stage);
        var written = new WrittenVersions(_progress);
        await GuardAsync(failures, "dim_date", () => _calendar.EnsureAsync(cancellationToken));
        foreach (var (target, announced) in _events.Read(stageEvent))
        {
            await GuardAsync(failures, target.Name.Value, () => _update.RunAsync(target, announced, written, cancellationToken));
        }

        var elapsed = _clock.GetElapsedTime(started);
        Log.TransformFinished(_logger, written.Count, written.Rows, written.Rejected, failures.Failures.Count, (long)elapsed.TotalMilliseconds);
        failures.ThrowIfAny();
        return new TransformSummary(written.Versions);
    }

    private async Task GuardAsync(FailureList failures, string table, Func<Task> action)
    {
        if (await failures.GuardAsync(table, action)) return;
        var cause = failures.Failures[^1].Cause;
        Log.Failed(_logger, table, cause.Message, cause);
    }
}
