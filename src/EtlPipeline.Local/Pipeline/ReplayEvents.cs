using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Transform;

namespace EtlPipeline.Local.Pipeline;

/// <summary>The events of a replay; null where a function needs none.</summary>
internal sealed record ReplayEvents(StageEvent? ToTransform, StageEvent? ToLoad)
{
    /// <summary>All tables.</summary>
    public static ReplayEvents Sweep { get; } = new(new StageEvent.Sweep(), new StageEvent.Sweep());

    /// <summary>One table: the notifications of its newest objects, rung once more, bring everything that is pending for it up to date.</summary>
    /// <param name="table">A table of the source or of the warehouse.</param>
    /// <param name="ingestion">The ingestion bucket.</param>
    /// <param name="processed">The processed bucket.</param>
    /// <param name="clock">Tells which versions are recent.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="PipelineException">No bucket has a version of the table.</exception>
    public static async Task<ReplayEvents> OfAsync(
        TableName table, IObjectStore ingestion, IObjectStore processed, TimeProvider clock, CancellationToken cancellationToken)
    {
        var target = TargetCatalogue.TargetOf(table) ?? table;
        var events = new ReplayEvents(
            await NotifyAsync(table, ingestion, ObjectForm.Rows, clock, cancellationToken),
            await NotifyAsync(target, processed, ObjectForm.Parquet, clock, cancellationToken));
        return events is { ToTransform: null, ToLoad: null }
            ? throw new PipelineException($"There is no version of table '{table}' in {ingestion.Name} or {processed.Name}; nothing can be replayed. Call `status` to see which tables have one.")
            : events;
    }

    private static async Task<StageEvent?> NotifyAsync(
        TableName table, IObjectStore bucket, ObjectForm form, TimeProvider clock, CancellationToken cancellationToken)
    {
        var newest = await new VersionListing(bucket, form, clock).FindNewestAsync(table, cancellationToken);
        if (newest is not { } version) return null;
        var created = new CreatedObject(bucket.Name, new VersionKey(table, version).Key(form));
        return StageEvent.Parse(S3Notification.Write([created], clock.GetUtcNow()));
    }
}
