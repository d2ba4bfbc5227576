using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Ingestion;
using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Processing;

/// <summary>Brings a target up to date: every version of its source that is newer than the newest processed one, in order, each once.</summary>
internal sealed class TargetUpdate(
    IObjectStore ingestion, VersionListing ingested, VersionListing processed, VersionTransformer transformer)
{
    /// <summary>Brings the target up to date.</summary>
    /// <param name="target">The target.</param>
    /// <param name="announced">Versions of the source that an event named.</param>
    /// <param name="progress">Is told of each version that was written.</param>
    /// <param name="cancellationToken">Ends the work between two versions.</param>
    /// <exception cref="PipelineException">A version is gone that was pending, or that the event named.</exception>
    public async Task RunAsync(
        ITarget target,
        IReadOnlyList<TableVersion> announced,
        IProgress<VersionTransformed> progress,
        CancellationToken cancellationToken)
    {
        var last = await FindLastAsync(target.Name, cancellationToken);
        var newest = last?.Version;
        var pending = await ingested.FindAfterAsync(target.Source, newest, cancellationToken);
        foreach (var version in pending)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = await transformer.TransformAsync(target, version, last, version < pending[^1], progress, cancellationToken);
        }

        foreach (var version in announced.Order())
        {
            var isDone = version <= newest || pending.Contains(version);
            if (!isDone) throw IngestedVersion.Missing(ingestion, new VersionKey(target.Source, version));
        }
    }

    private async Task<ProcessedVersion?> FindLastAsync(TableName target, CancellationToken cancellationToken) =>
        await processed.FindNewestAsync(target, cancellationToken) is { } newest
            ? await transformer.FindAsync(new VersionKey(target, newest), cancellationToken)
            : null;
}
