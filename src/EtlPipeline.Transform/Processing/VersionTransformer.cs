using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Ingestion;
using EtlPipeline.Transform.Mapping;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Processing;

/// <summary>Brings one version of a target into the processed bucket.</summary>
internal sealed class VersionTransformer(
    IObjectStore ingestion, IObjectStore processed, LookUpReader lookUps, DraftMaker drafts, TimeProvider clock, ILogger logger)
{
    /// <summary>Brings the version.</summary>
    /// <param name="target">The target.</param>
    /// <param name="version">The version, of the source and then of the target.</param>
    /// <param name="last">The newest version that the target has; null where it has none.</param>
    /// <param name="hasSuccessor">Whether a newer version of the source is there.</param>
    /// <param name="progress">Is told of the version unless another invocation wrote it first.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The version as it now lies in the bucket.</returns>
    public async Task<ProcessedVersion> TransformAsync(
        ITarget target,
        TableVersion version,
        ProcessedVersion? last,
        bool hasSuccessor,
        IProgress<VersionTransformed> progress,
        CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var source = await IngestedVersion.FindAsync(ingestion, new VersionKey(target.Source, version), cancellationToken);
        var followed = last is { CanBeFollowed: true } ? last.Version : (TableVersion?)null;
        await using var draft = await DraftAsync(target, source, followed, hasSuccessor, cancellationToken);
        var key = new VersionKey(target.Name, version);
        if (!await draft.PutAsync(processed, key, cancellationToken))
        {
            Log.AlreadyThere(logger, target.Name, version);
            return await FindAsync(key, cancellationToken);
        }

        Report(new VersionTransformed(
            target.Source, target.Name, version, draft.Metadata.Rows, draft.Metadata.Rejected, clock.GetElapsedTime(started)));
        if (draft.Rejected.FirstReason is { } reason)
            Log.RowsRejected(logger, target.Name, version, draft.Rejected.Count, key.RejectedRows, reason);
        return new ProcessedVersion(version, draft.Metadata);

        void Report(VersionTransformed done)
        {
            Log.Transformed(logger, done.Target, done.Version, done.Rows, done.Rejected, (long)done.Elapsed.TotalMilliseconds);
            progress.Report(done);
        }
    }

    /// <summary>What lies in the bucket under a version's key.</summary>
    public async Task<ProcessedVersion> FindAsync(VersionKey key, CancellationToken cancellationToken)
    {
        var description = await processed.DescribeAsync(key.Parquet, cancellationToken);
        return new ProcessedVersion(key.Version, description is null ? null : ProcessedMetadata.Read(description.Metadata));
    }

    /// <summary>
    /// Without its look-up, a version waits; with a successor it need not: that one is made from all rows, and Extract gave it a look-up of
    /// its own.
    /// </summary>
    private async Task<VersionDraft> DraftAsync(
        ITarget target, IngestedVersion source, TableVersion? followed, bool hasSuccessor, CancellationToken cancellationToken)
    {
        LookUpRows? lookUp;
        try
        {
            lookUp = await lookUps.ReadAsync(target, source, cancellationToken);
        }
        catch (LookUpUnavailableException exception) when (hasSuccessor)
        {
            Log.Unreadable(logger, target.Name, source.Version, source.Key.Rows, exception.Message);
            return await DraftMaker.MakeUnreadableAsync(target, cancellationToken);
        }

        return await drafts.MakeAsync(target, source, followed, lookUp, cancellationToken);
    }
}
