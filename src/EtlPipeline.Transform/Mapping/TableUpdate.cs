using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets;
using EtlPipeline.Transform.Lookups;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Mapping;

/// <summary>
/// Brings the targets of a source table up to date: every version that is newer than the newest processed one, whole, in order, each once.
/// A table without a target is carried as it is.
/// </summary>
internal sealed class TableUpdate(
    TargetList targets,
    IObjectStore ingestion,
    IObjectStore processed,
    LookUpReader lookUps,
    WrittenVersions written,
    TimeProvider clock,
    ILogger logger)
{
    private readonly VersionListing _ingested = new(ingestion, VersionKey.RowsSuffix, clock);
    private readonly VersionListing _old = new(ingestion, VersionKey.FormatOneSuffix, clock);
    private readonly VersionListing _done = new(processed, VersionKey.ParquetSuffix, clock);
    private readonly VersionTransformation _transformation = new(ingestion, processed, lookUps, written, clock, logger);

    /// <summary>Brings the table's targets up to date, as far as the time allows.</summary>
    /// <exception cref="PipelineException">A version that the event named is gone, or was written in another format.</exception>
    public async Task RunAsync(EventTable table, Invocation invocation)
    {
        var made = targets.OfSource(table.Source);
        if (made.Count == 0) await RunAsync(table, CopyTarget.NameOf(table.Source), version => CopyTarget.Of(version.Segments), fallback: null, invocation);
        foreach (var target in made) await RunAsync(table, target.Description.Name, _ => target, fallback: target, invocation);
    }

    private async Task RunAsync(EventTable table, TableName name, Func<LakeVersion, ITarget> target, ITarget? fallback, Invocation invocation)
    {
        var newest = await _done.FindNewestAsync(name, invocation.CancellationToken);
        var pending = await FindPendingAsync(table.Source, newest, invocation.CancellationToken);
        var previous = newest;
        foreach (var version in pending)
        {
            if (invocation.IsTimeUp)
            {
                Log.TimeIsUp(logger, name);
                return;
            }

            var transformed = new VersionToTransform(new VersionKey(table.Source, version), name, target, fallback, previous);
            await _transformation.RunAsync(transformed, invocation.CancellationToken);
            previous = version;
        }

        foreach (var version in table.Announced.Order().Where(version => !(version <= previous))) throw Missing(new VersionKey(table.Source, version));
    }

    /// <summary>A target that has nothing yet begins at the oldest version that the newest one still builds on.</summary>
    private async Task<IReadOnlyList<TableVersion>> FindPendingAsync(TableName source, TableVersion? newest, CancellationToken cancellationToken)
    {
        var pending = await _ingested.FindAfterAsync(source, newest, cancellationToken);
        if (newest is { }) return pending;
        if (pending.Count == 0)
        {
            return await _old.FindNewestAsync(source, cancellationToken) is { } old
                ? throw LakeVersion.FormatOne(new VersionKey(source, old).Key(VersionKey.FormatOneSuffix))
                : pending;
        }

        var description = await ingestion.DescribeAsync(new VersionKey(source, pending[^1]).Rows, cancellationToken);
        var oldest = description is null ? null : VersionMetadata.Read(description.Metadata)?.OldestRead;
        return [.. pending.Where(version => !(version < oldest))];
    }

    private PipelineException Missing(VersionKey key) => new(
        $"Bucket {ingestion.Name} has no object '{key.Rows}' although an event has announced it: it was deleted before it was transformed. "
        + $"Within a day the round brings its rows; to have them now: `replay --table {key.Table}`");
}
