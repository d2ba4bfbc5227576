using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract.Publication;

/// <summary>Reads the chains of versions that a run goes on from. Several tables may be read at once.</summary>
/// <param name="ingestion">The bucket.</param>
/// <param name="clock">Tells what is recent.</param>
/// <param name="logger">What can't be relied on is noted there.</param>
internal sealed class ChainReader(IObjectStore ingestion, TimeProvider clock, ILogger logger)
{
    private const int RequestsAtOnce = 16;

    private static readonly TimeSpan[] Windows = [TimeSpan.FromDays(2), TimeSpan.FromDays(40), TimeSpan.FromDays(800)];

    /// <summary>Reads the chain of a table.</summary>
    /// <exception cref="PipelineException">The bucket holds another format, which must not be mixed with this one.</exception>
    /// <exception cref="ObjectStoreException">The bucket doesn't answer.</exception>
    public async Task<TableChain> ReadAsync(TableName table, CancellationToken cancellationToken)
    {
        var listed = await ListNewestAsync(table, cancellationToken);
        if (listed.HasFormatOne) throw FormatOne(table);
        if (listed.Versions.Count == 0) return new TableChain { Table = table, NewestStamp = listed.NewestStamp };
        var key = new VersionKey(table, listed.Versions.Max);
        var description = await ingestion.DescribeAsync(key.Rows, cancellationToken);
        var metadata = description is null ? null : VersionMetadata.Read(description.Metadata);
        if (metadata is null && description is { }) await RefuseNewerFormatAsync(key, description.Metadata, cancellationToken);
        var state = await ReadStateAsync(key, metadata, cancellationToken);
        return new TableChain
        {
            Table = table,
            Newest = key.Version,
            State = state,
            NewestStamp = listed.NewestStamp,
            HasLateVersion = state is { } && await HasLateVersionAsync(key, state.Metadata, listed.Versions, cancellationToken),
        };
    }

    /// <summary>Whether a table has, after a version of it and up to the newest of its chain, one that was not merely of the daily round.</summary>
    public async Task<bool> HasChangedSinceAsync(TableChain chain, TableVersion since, CancellationToken cancellationToken)
    {
        for (var version = chain.Newest; version is { } current && current > since;)
        {
            var description = await ingestion.DescribeAsync(new VersionKey(chain.Table, current).Rows, cancellationToken);
            if (description is null || VersionMetadata.Read(description.Metadata) is not { Reason: VersionReason.Round } metadata) return true;
            if (metadata.Previous is null || metadata.Previous < since) return true;
            version = metadata.Previous;
        }

        return chain.Newest is null || chain.Newest < since;
    }

    private async Task<ChainState?> ReadStateAsync(VersionKey key, VersionMetadata? metadata, CancellationToken cancellationToken)
    {
        await using var stored = metadata is null ? null : await ingestion.OpenAsync(key.Segments, 0, cancellationToken);
        var segments = stored is null ? null : await SegmentsJson.ReadAsync(key.Table, stored.Body, cancellationToken);
        var state = segments is null ? null : new ChainState(metadata!, segments);
        if (state?.IsConsistent(key.Version) == true) return state;
        Log.StateUnreadable(logger, key.Table, key.ToString(), metadata is null ? "metadata" : stored is null ? "segments object, which is missing," : "segments object");
        return null;
    }

    /// <summary>The versions from a recent moment on, at least one if the table has any.</summary>
    private async Task<Listed> ListNewestAsync(TableName table, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var window in Windows)
        {
            if (now < DateTimeOffset.UnixEpoch + window) break;
            var listed = await ListAsync(table, new TableVersion(now - window), cancellationToken);
            if (listed.Versions.Count > 0 || listed.HasFormatOne) return listed;
        }

        return await ListAsync(table, after: null, cancellationToken);
    }

    private async Task<Listed> ListAsync(TableName table, TableVersion? after, CancellationToken cancellationToken)
    {
        var listed = new Listed();
        await foreach (var key in ingestion.ListAsync($"{table}/", after is { } version ? $"{table}/{version}" : null, cancellationToken))
        {
            if (VersionKey.TryParse(key, VersionKey.RowsSuffix, out var rows)) listed.Versions.Add(rows.Version);
            else if (VersionKey.TryParse(key, VersionKey.SegmentsSuffix, out var segments)) listed.Others.Add(segments.Version);
            else if (VersionKey.TryParse(key, VersionKey.FormatOneSuffix, out _)) listed.HasFormatOne = true;
        }

        return listed;
    }

    /// <summary>
    /// The run that put the newest version chained each of its versions on the one before. Whatever else lies after the version before its
    /// first one was put by a run that was taken for dead.
    /// </summary>
    private async Task<bool> HasLateVersionAsync(VersionKey key, VersionMetadata newest, SortedSet<TableVersion> listed, CancellationToken cancellationToken)
    {
        var ofRun = new HashSet<TableVersion> { key.Version };
        var recent = await DescribeAsync(key.Table, listed.Where(version => version >= newest.RunStamp && version < key.Version), cancellationToken);
        var previous = newest.Previous;
        while (previous is { } version && recent.TryGetValue(version, out var metadata) && metadata.RunStamp == newest.RunStamp)
        {
            ofRun.Add(version);
            previous = metadata.Previous;
        }

        var after = await ListAfterAsync(key.Table, previous, listed, cancellationToken);
        return after.Any(version => (previous is null || version > previous) && version < key.Version && !ofRun.Contains(version));
    }

    private async Task<IReadOnlyDictionary<TableVersion, VersionMetadata>> DescribeAsync(
        TableName table, IEnumerable<TableVersion> versions, CancellationToken cancellationToken)
    {
        var described = new ConcurrentDictionary<TableVersion, VersionMetadata>();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(versions, atOnce, async (version, token) =>
        {
            var description = await ingestion.DescribeAsync(new VersionKey(table, version).Rows, token);
            if (description is { } && VersionMetadata.Read(description.Metadata) is { } metadata) described[version] = metadata;
        });
        return described;
    }

    private async Task<IEnumerable<TableVersion>> ListAfterAsync(
        TableName table, TableVersion? previous, SortedSet<TableVersion> listed, CancellationToken cancellationToken) =>
        previous is { } version && version >= listed.Min ? listed : (await ListAsync(table, previous, cancellationToken)).Versions;

    private async Task RefuseNewerFormatAsync(VersionKey key, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        if (!int.TryParse(metadata["format"], out var format) || format <= int.Parse(VersionMetadata.CurrentFormat, System.Globalization.CultureInfo.InvariantCulture)) return;
        var software = await ReadSoftwareAsync(key, cancellationToken);
        throw new PipelineException(
            $"{key.Rows} has format {format}, which version {software ?? "(unknown)"} of this software wrote; this one is {Software.Version}, and writes format "
            + $"{VersionMetadata.CurrentFormat}. Deploy that version again, or begin anew with new buckets");
    }

    private async Task<string?> ReadSoftwareAsync(VersionKey key, CancellationToken cancellationToken)
    {
        try
        {
            await using var stored = await ingestion.OpenAsync(key.Segments, 0, cancellationToken);
            if (stored is null) return null;
            await using var json = new GZipStream(stored.Body, CompressionMode.Decompress);
            using var document = await JsonDocument.ParseAsync(json, cancellationToken: cancellationToken);
            return document.RootElement.TryGetProperty("software", out var software) ? software.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private PipelineException FormatOne(TableName table) => new(
        $"Bucket {ingestion.Name} holds versions of '{table}' in format 1, each of which is the whole table; format 2 can't go on from them. Begin anew: name new, "
        + "empty buckets in AWS_INGEST_BUCKET and AWS_PROCESS_BUCKET, and let the warehouse be adopted");

    /// <summary>What a listing has found.</summary>
    private sealed class Listed
    {
        public SortedSet<TableVersion> Versions { get; } = [];

        public SortedSet<TableVersion> Others { get; } = [];

        public bool HasFormatOne { get; set; }

        public TableVersion? NewestStamp => (Versions.Count, Others.Count) switch
        {
            (0, 0) => null,
            (_, 0) => Versions.Max,
            (0, _) => Others.Max,
            _ => TableVersion.Newest(Versions.Max, Others.Max),
        };
    }
}
