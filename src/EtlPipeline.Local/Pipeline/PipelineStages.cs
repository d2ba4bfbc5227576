using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Sources.PostgreSql;
using EtlPipeline.Extract.Sources.Sample;
using EtlPipeline.Load;
using EtlPipeline.SampleData;
using EtlPipeline.Transform;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Local.Pipeline;

/// <summary>The three functions over their buckets and databases, and the notifications between them.</summary>
internal sealed class PipelineStages : IAsyncDisposable
{
    private readonly PostgreSqlDatabase? _oltp;
    private readonly PostgreSqlDatabase _warehouse;

    /// <summary>Puts the functions together; nothing is connected yet.</summary>
    /// <param name="settings">The settings of the three functions.</param>
    /// <param name="buckets">Opens their buckets.</param>
    /// <param name="progress">Is told what they do.</param>
    /// <param name="clock">Their clock.</param>
    /// <param name="logger">Their log.</param>
    /// <exception cref="ObjectStoreException">A bucket can't be opened.</exception>
    public PipelineStages(
        PipelineSettings settings, ObjectStores buckets, RoundProgress progress, TimeProvider clock, ILogger logger)
    {
        (ToTransform, ToLoad) = (new NotificationQueue(clock), new NotificationQueue(clock));
        var ingestion = new NotifyingObjectStore(buckets.Open(settings.Extract.IngestionBucket), ToTransform);
        var processed = new NotifyingObjectStore(buckets.Open(settings.Load.ProcessedBucket), ToLoad);
        var calendar = new Calendar(settings.Transform.CalendarStart, settings.Transform.CalendarDays);
        _oltp = settings.Extract.Oltp is { } oltp ? new PostgreSqlDatabase(oltp, new SessionOptions()) : null;
        _warehouse = new PostgreSqlDatabase(settings.Load.Warehouse, new SessionOptions());

        Extract = new ExtractStage(Source(clock, logger), ingestion, settings.Extract.Tables, clock, logger, progress);
        var transform = new TransformStage(ingestion, processed, calendar, clock, logger, progress);
        var load = new LoadStage(processed, _warehouse, clock, logger, progress);
        Transform = new Function("transform", transform.RunAsync);
        Load = new Function("load", load.RunAsync);
    }

    public ExtractStage Extract { get; }

    public Function Transform { get; }

    public Function Load { get; }

    /// <summary>The ingestion bucket's notifications.</summary>
    public NotificationQueue ToTransform { get; }

    /// <summary>The processed bucket's notifications.</summary>
    public NotificationQueue ToLoad { get; }

    /// <summary>Gives every invocation an id of its own, as Lambda does.</summary>
    public Func<string> NextRequestId { get; init; } = () => Guid.NewGuid().ToString();

    public async ValueTask DisposeAsync()
    {
        if (_oltp is { }) await _oltp.DisposeAsync();
        await _warehouse.DisposeAsync();
    }

    private ISource Source(TimeProvider clock, ILogger logger) => _oltp is { }
        ? new PostgreSqlSource(_oltp, logger)
        : new SampleSource(new SampleHistory(new SampleOptions()), clock);
}
