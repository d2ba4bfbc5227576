using System.IO.Compression;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Lake;

/// <summary>A version of a source table as it lies in the ingestion bucket, with everything that was written beside its rows.</summary>
public sealed class LakeVersion
{
    private readonly IObjectStore _ingestion;

    private LakeVersion(IObjectStore ingestion, VersionKey key, VersionMetadata metadata, SegmentsObject segments) =>
        (_ingestion, Key, Metadata, Segments) = (ingestion, key, metadata, segments);

    /// <summary>The table and its version.</summary>
    public VersionKey Key { get; }

    /// <summary>What lies beside the rows.</summary>
    public VersionMetadata Metadata { get; }

    /// <summary>What lies in the segments object.</summary>
    public SegmentsObject Segments { get; }

    /// <summary>Finds a version.</summary>
    /// <param name="ingestion">The ingestion bucket.</param>
    /// <param name="key">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version, or null if there is no such object.</returns>
    /// <exception cref="UnreadableVersionException">Its metadata or its segments object are missing, damaged, or contradict each other.</exception>
    /// <exception cref="PipelineException">Software of another format wrote it.</exception>
    public static async Task<LakeVersion?> FindAsync(IObjectStore ingestion, VersionKey key, CancellationToken cancellationToken)
    {
        if (await ingestion.DescribeAsync(key.Rows, cancellationToken) is not { } description) return null;
        await CheckFormatAsync(ingestion, key, description.Metadata["format"], cancellationToken);
        var metadata = VersionMetadata.Read(description.Metadata)
            ?? throw new UnreadableVersionException($"the metadata of '{key.Rows}' is missing or damaged");
        await using var stored = await ingestion.OpenAsync(key.Segments, 0, cancellationToken)
            ?? throw new UnreadableVersionException($"'{key.Segments}' is missing");
        var segments = await SegmentsJson.ReadAsync(key.Table, stored.Body, cancellationToken)
            ?? throw new UnreadableVersionException($"'{key.Segments}' is damaged");
        var isTold = metadata.Kind == VersionKind.Chunk == segments.Range is { } && metadata.Key == segments.Key.ToString();
        return isTold ? new LakeVersion(ingestion, key, metadata, segments) : throw new UnreadableVersionException($"'{key.Segments}' isn't of this version");
    }

    /// <summary>Opens the rows, unpacked.</summary>
    /// <exception cref="UnreadableVersionException">The object is gone.</exception>
    public async Task<Stream> OpenRowsAsync(CancellationToken cancellationToken)
    {
        var stored = await _ingestion.OpenAsync(Key.Rows, 0, cancellationToken) ?? throw new UnreadableVersionException($"'{Key.Rows}' is missing");
        return new GZipStream(stored.Body, CompressionMode.Decompress);
    }

    /// <summary>What has to be said of a lake of format 1.</summary>
    /// <param name="key">A key of an object of that format.</param>
    public static PipelineException FormatOne(string key) => new(
        $"'{key}' was written in format 1, which this software can't carry on. Begin anew: name two new, empty buckets in AWS_INGEST_BUCKET and "
        + "AWS_PROCESS_BUCKET, have the warehouse's owner run the adoption script (README, Adopt a warehouse), and let Extract run.");

    private static async Task CheckFormatAsync(IObjectStore ingestion, VersionKey key, string? format, CancellationToken cancellationToken)
    {
        if (format is null or VersionMetadata.CurrentFormat) return;
        if (format == "1") throw FormatOne(key.Rows);
        await using var stored = await ingestion.OpenAsync(key.Segments, 0, cancellationToken);
        var software = stored is null ? null : await SegmentsJson.ReadSoftwareAsync(stored.Body, cancellationToken);
        throw new PipelineException(
            $"'{key.Rows}' was written in a format that this software doesn't know, by version {software ?? "(unknown)"}. Deploy that version of all functions.");
    }
}

/// <summary>A version of a source table can't be read; the message says what of it is missing or damaged.</summary>
public sealed class UnreadableVersionException : Exception
{
    /// <summary>Makes the exception.</summary>
    public UnreadableVersionException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>Whether an exception says that a body isn't what it should be: JSON rows, gzipped.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsDamage(Exception exception) => exception is UnreadableRowsException or InvalidDataException;
}
