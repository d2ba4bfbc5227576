using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Testing.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>The two buckets on a folder of their own, Transform between them, and its log.</summary>
public sealed class Lake : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("transform-tests-").FullName;
    private readonly StringWriter _log = new();
    private readonly ILoggerFactory _loggers;

    public Lake()
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero));
        Ingestion = new WatchedStore(new FolderObjectStore(Path.Combine(_folder, "ingestion")));
        Processed = new WatchedStore(new FolderObjectStore(Path.Combine(_folder, "processed")));
        _loggers = LoggerFactory.Create(builder => builder.AddProvider(new JsonLineLoggerProvider(_log, Clock)));
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FakeTimeProvider Clock { get; }

    public WatchedStore Ingestion { get; }

    public WatchedStore Processed { get; }

    public Calendar Calendar { get; init; } = new(new DateOnly(2024, 1, 1), 3);

    public string Log => _log.ToString();

    public ILogger Logger => _loggers.CreateLogger("Transform");

    /// <summary>The messages of a level.</summary>
    public IReadOnlyList<string> Messages(string level) =>
    [
        .. Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("level").GetString() == level)
            .Select(line => line.GetProperty("message").GetString()!),
    ];

    public Task<bool> PutAsync(string key, string body, ObjectMetadata? metadata = null) =>
        PutAsync(key, Encoding.UTF8.GetBytes(body), metadata);

    public Task<bool> PutAsync(string key, byte[] body, ObjectMetadata? metadata = null) =>
        Ingestion.PutIfAbsentAsync(key, new MemoryStream(body), metadata ?? ObjectMetadata.Empty, Cancellation);

    /// <summary>Puts a version as Extract does, with its deleted rows before it.</summary>
    public async Task PutAsync(IngestedTable table)
    {
        if (table.Deleted.Count > 0) await PutAsync(table.Key.DeletedRows, await table.DeletedBodyAsync());
        var (body, metadata) = await table.BodyAsync();
        await PutAsync(table.Key.Rows, body, metadata.ToObjectMetadata());
    }

    public Task<TransformSummary> SweepAsync() => Stage().RunAsync(new StageEvent.Sweep(), "request-1", Cancellation);

    public Task<TransformSummary> RingAsync(params string[] keys) =>
        Stage().RunAsync(new StageEvent.Doorbell([.. keys.Select(key => new CreatedObject("ingestion", key))]), "request-1", Cancellation);

    public TransformStage Stage() => new(Ingestion, Processed, Calendar, Clock, Logger);

    /// <summary>The metadata of a processed version, such as <c>dim_design/2026-11-23_12-00-00-000000</c>.</summary>
    public async Task<ProcessedMetadata> MetadataAsync(string version)
    {
        var description = await Processed.DescribeAsync($"{version}.parquet", Cancellation);
        Assert.NotNull(description);
        return Assert.IsType<ProcessedMetadata>(ProcessedMetadata.Read(description.Metadata));
    }

    /// <summary>The rows of a processed version, read by DuckDB, in the file's order; values as text, joined by <c>|</c>.</summary>
    public string[] Rows(string version) => ParquetFile(version).Rows();

    public ParquetFile ParquetFile(string version) => new(Path.Combine(_folder, "processed", $"{version}.parquet"));

    public JsonElement[] Rejected(string version)
    {
        var path = Path.Combine(_folder, "processed", "rejected", $"{version}.json");
        return File.Exists(path) ? [.. JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.EnumerateArray()] : [];
    }

    public string[] Keys(string folder) => [.. Processed.ListAsync(folder, null, Cancellation).ToBlockingEnumerable(Cancellation)];

    public void Delete(string bucket, string key)
    {
        File.Delete(Path.Combine(_folder, bucket, key));
        File.Delete(Path.Combine(_folder, bucket, ".objects", key + ".entry"));
    }

    public void Dispose()
    {
        _loggers.Dispose();
        OutputWatch.See("a log", Log);
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
