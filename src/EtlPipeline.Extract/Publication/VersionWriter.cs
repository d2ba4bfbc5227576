using System.Reflection;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract.Publication;

/// <summary>A version that is being made.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Reason">Why it is written.</param>
/// <param name="Version">Its stamp.</param>
/// <param name="Body">Its rows.</param>
/// <param name="Started">When it was begun.</param>
internal sealed record Draft(VersionKind Kind, VersionReason Reason, TableVersion Version, VersionBody Body, long Started) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}

/// <summary>Puts versions into the bucket, and tells of them. Nothing is ever overwritten.</summary>
internal sealed class VersionWriter(IObjectStore ingestion, TimeProvider clock, ILogger logger, IProgress<VersionWritten>? progress)
{
    private const string Run = "run";

    /// <summary>Begins a version.</summary>
    public Draft Begin(VersionKind kind, VersionReason reason, TableVersion version) => new(kind, reason, version, new VersionBody(), clock.GetTimestamp());

    /// <summary>Puts a version; its segments come first, so that whoever sees the version can see them.</summary>
    /// <exception cref="PipelineException">Another run's object lies under the key.</exception>
    public async Task<VersionWritten> PutAsync(
        TableName table, Draft draft, VersionMetadata metadata, SegmentsObject segments, CancellationToken cancellationToken)
    {
        var key = new VersionKey(table, draft.Version);
        var rows = draft.Body.Complete();
        using var body = new MemoryStream(SegmentsJson.Write(segments).ToArray());
        await PutAsync(key.Segments, body, new ObjectMetadata { { Run, metadata.Run } }, cancellationToken);
        await PutAsync(key.Rows, rows, metadata.ToObjectMetadata(), cancellationToken);
        var written = new VersionWritten(
            table, draft.Version, draft.Kind, draft.Reason, draft.Body.Rows, rows.Length, clock.GetElapsedTime(draft.Started));
        Log.VersionWritten(logger, table, draft.Version, draft.Kind, draft.Reason, written.Rows, written.Bytes, (long)written.Elapsed.TotalMilliseconds);
        progress?.Report(written);
        return written;
    }

    /// <summary>Warns that more transactions lie beyond the oldest one in flight than are kept in mind.</summary>
    public void WarnOfForgotten(TableName table) => Log.TransactionsForgotten(logger, table);

    private async Task PutAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        if (await ingestion.PutIfAbsentAsync(key, body, metadata, cancellationToken)) return;

        // An answer that was lost on its way makes the store try again, and find the object that it has just written.
        var found = await ingestion.DescribeAsync(key, cancellationToken);
        if (found is { } && found.Metadata[Run] == metadata[Run]) return;
        throw new PipelineException($"{key} was written by another run in the meantime, and was left as it is; the next run goes on from it");
    }
}

/// <summary>This software.</summary>
internal static class Software
{
    /// <summary>Its version, with the commit if the build knew it.</summary>
    public static string Version { get; } =
        typeof(Software).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
