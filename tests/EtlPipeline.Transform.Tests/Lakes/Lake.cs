using System.IO.Compression;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Targets;
using EtlPipeline.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>The two buckets on a folder of their own, Transform between them, and its log.</summary>
public sealed class Lake : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("transform-tests-").FullName;
    private readonly TestLog _log = new();

    public Lake()
    {
        Ingestion = new WatchedStore(new FolderObjectStore(Path.Combine(_folder, "ingestion")));
        Processed = new WatchedStore(new FolderObjectStore(Path.Combine(_folder, "processed")));
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero));

    public WatchedStore Ingestion { get; }

    public WatchedStore Processed { get; }

    public Calendar Calendar { get; init; } = new(new DateOnly(2024, 1, 1), 3);

    public TargetList Targets { get; init; } = TargetCatalogue.List;

    public string Log => _log.Text;

    /// <summary>The messages of a level.</summary>
    public IReadOnlyList<string> Messages(LogLevel level) => [.. _log.Entries.Where(entry => entry.Level == level).Select(entry => entry.Message)];

    /// <summary>Puts an object into the ingestion bucket.</summary>
    public Task<bool> PutAsync(string key, byte[] body, ObjectMetadata? metadata = null) =>
        Ingestion.PutIfAbsentAsync(key, new MemoryStream(body), metadata ?? ObjectMetadata.Empty, Cancellation);

    /// <summary>Puts versions as Extract does, in order.</summary>
    public async Task PutAsync(params IngestedTable[] tables)
    {
        foreach (var table in tables) await PutAsync(table, await table.BodyAsync());
    }

    /// <summary>Puts a version with another body than its rows make.</summary>
    public async Task PutAsync(IngestedTable table, byte[] body, bool hasSegments = true, bool hasMetadata = true)
    {
        if (hasSegments) await PutAsync(table.Key.Segments, SegmentsJson.Write(table.Segments).ToArray());
        await PutAsync(table.Key.Rows, body, hasMetadata ? table.Metadata.ToObjectMetadata() : null);
    }

    public Task<TransformSummary> SweepAsync() => SweepAsync(Invocation.Unlimited("request-1", Cancellation));

    public Task<TransformSummary> SweepAsync(Invocation invocation) => Stage().RunAsync(new StageEvent.Sweep(), invocation);

    public Task<TransformSummary> RingAsync(params string[] keys) => Stage().RunAsync(
        new StageEvent.Doorbell([.. keys.Select(key => new CreatedObject("ingestion", key))]), Invocation.Unlimited("request-1", Cancellation));

    public TransformStage Stage(IObjectStore? ingestion = null) => new(Targets, ingestion ?? Ingestion, Processed, Calendar, Clock, _log);

    /// <summary>The metadata of a processed version, such as <c>dim_design/2026-11-23_12-00-00-000000</c>.</summary>
    public async Task<ParquetMetadata> MetadataAsync(string version)
    {
        var description = await Processed.DescribeAsync($"{version}.parquet", Cancellation);
        Assert.NotNull(description);
        return Assert.IsType<ParquetMetadata>(ParquetMetadata.Read(description.Metadata));
    }

    /// <summary>The good rows of a processed version, read by DuckDB, in the file's order; values as text, joined by <c>|</c>.</summary>
    public string[] Rows(string version) => ParquetFile(version).Rows();

    public ParquetFile ParquetFile(string version) => new(Path.Combine(_folder, "processed", $"{version}.parquet"));

    public JsonElement[] Rejected(string version)
    {
        var path = Path.Combine(_folder, "processed", "rejected", $"{version}.json.gz");
        if (!File.Exists(path)) return [];
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return [.. JsonDocument.Parse(gzip).RootElement.EnumerateArray()];
    }

    public string[] Keys(string folder) => [.. Processed.ListAsync(folder, null, Cancellation).ToBlockingEnumerable(Cancellation)];

    public void Delete(string bucket, string key)
    {
        File.Delete(Path.Combine(_folder, bucket, key));
        File.Delete(Path.Combine(_folder, bucket, ".objects", key + ".entry"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
