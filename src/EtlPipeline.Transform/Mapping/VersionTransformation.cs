using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Transform.Lookups;
using EtlPipeline.Transform.Parquet;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Mapping;

/// <summary>A version that a target hasn't got yet.</summary>
/// <param name="Key">The source table and the version.</param>
/// <param name="Name">The target's name.</param>
/// <param name="Target">The target, given the version as it lies in the lake.</param>
/// <param name="Fallback">The target if the version can't be read; null if it is unknown without it.</param>
/// <param name="Previous">The version that the target has before this one; null if it has none.</param>
internal sealed record VersionToTransform(
    VersionKey Key, TableName Name, Func<LakeVersion, ITarget> Target, ITarget? Fallback, TableVersion? Previous);

/// <summary>Brings one version of a target into the processed bucket: its rows, or an empty object that says that they can't be read.</summary>
internal sealed class VersionTransformation(
    IObjectStore ingestion, IObjectStore processed, LookUpReader lookUps, WrittenVersions written, TimeProvider clock, ILogger logger)
{
    /// <summary>Brings the version.</summary>
    /// <exception cref="PipelineException">The version is gone, or was written in another format, or its table can't be carried.</exception>
    public async Task RunAsync(VersionToTransform version, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var draft = await MakeAsync(version, cancellationToken);
        if (draft is null) return;
        var key = new VersionKey(version.Name, version.Key.Version);
        if (!await draft.PutAsync(processed, key, cancellationToken))
        {
            Log.AlreadyThere(logger, version.Name, key.Version);
            return;
        }

        var elapsed = clock.GetElapsedTime(started);
        var (rows, rejected) = (draft.Rows, draft.Rejected.Count);
        if (draft.Rejected.FirstReason is { } reason) Log.RowsRejected(logger, version.Name, key.Version, rejected, key.RejectedRows, reason);
        Log.Transformed(logger, version.Name, key.Version, rows, rejected, (long)elapsed.TotalMilliseconds);
        written.Add(new VersionTransformed(version.Key.Table, version.Name, key.Version, rows, rejected, elapsed), draft.Bytes);
    }

    private async Task<VersionDraft?> MakeAsync(VersionToTransform version, CancellationToken cancellationToken)
    {
        LakeVersion? found = null;
        ITarget? target = null;
        try
        {
            found = await LakeVersion.FindAsync(ingestion, version.Key, cancellationToken) ?? throw new UnreadableVersionException($"'{version.Key.Rows}' is missing");
            target = version.Target(found);
            return await MakeAsync(target, found, await lookUps.ReadAsync(target, found, cancellationToken), cancellationToken);
        }
        catch (UnreadableVersionException exception)
        {
            Log.Unreadable(logger, version.Name, version.Key.Version, exception.Message, version.Key.Table);
        }

        // A copy knows its columns from its version alone. Without them there is no object, which Load counts as missing, too.
        return (target ?? version.Fallback) is { } known ? await MakeUnreadableAsync(known, version, found, cancellationToken) : null;
    }

    /// <exception cref="UnreadableVersionException">The body isn't what it should be.</exception>
    private static async Task<VersionDraft> MakeAsync(ITarget target, LakeVersion version, LookUpRows lookUps, CancellationToken cancellationToken)
    {
        var draft = await VersionDraft.BeginAsync(target, HandOn.Metadata(version, target), HandOn.FileMetadata(version, target), cancellationToken);
        try
        {
            await using var body = await version.OpenRowsAsync(cancellationToken);
            using var reader = new JsonRowReader(body);
            await draft.AddAsync(reader, lookUps, cancellationToken);
            if (reader.RowsRead != version.Metadata.Rows)
                throw new UnreadableVersionException($"'{version.Key.Rows}' has {reader.RowsRead} rows, and not {version.Metadata.Rows} as its metadata says");
            await draft.CompleteAsync(cancellationToken);
            return draft;
        }
        catch (Exception exception)
        {
            await draft.DisposeAsync();
            if (UnreadableVersionException.IsDamage(exception)) throw new UnreadableVersionException($"'{version.Key.Rows}' is damaged: {exception.Message}", exception);
            throw;
        }
    }

    private static async Task<VersionDraft> MakeUnreadableAsync(ITarget target, VersionToTransform version, LakeVersion? found, CancellationToken cancellationToken)
    {
        var metadata = HandOn.UnreadableMetadata(version, found, target);
        var draft = await VersionDraft.BeginAsync(target, metadata, HandOn.FileMetadata(found, target), cancellationToken);
        try
        {
            await draft.CompleteAsync(cancellationToken);
            return draft;
        }
        catch
        {
            await draft.DisposeAsync();
            throw;
        }
    }
}
