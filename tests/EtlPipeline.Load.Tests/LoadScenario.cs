using DuckDB.NET.Data;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Load.Tests;

/// <summary>A warehouse, a processed bucket, and a Load between them.</summary>
internal sealed class LoadScenario : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private readonly PostgreSqlDatabase _warehouse;

    private LoadScenario(TestDatabase database, SessionOptions options, string schema)
    {
        Database = database;
        Bucket = _folder.Bucket("processed");
        _warehouse = new PostgreSqlDatabase(database.Settings with { Schema = schema }, options);
        Stage = new LoadStage(Bucket, _warehouse, new FakeTimeProvider(Noon), Log.Logger);
    }

    public TestDatabase Database { get; }

    public IObjectStore Bucket { get; }

    public TestLog Log { get; } = new();

    public LoadStage Stage { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<LoadScenario> CreateAsync(string schema = "public", SessionOptions? options = null) =>
        new(await TestDatabase.CreateAsync(), options ?? new SessionOptions(), schema);

    /// <summary>The key of a version; the number stands for its stamp.</summary>
    public static VersionKey Key(string target, int version) =>
        new(TableName.Parse(target), new TableVersion(Noon.AddMinutes(version)));

    /// <summary>Another Load on the same warehouse.</summary>
    public LoadStage AnotherStage(IProgress<VersionLoaded>? progress = null, IObjectStore? bucket = null) =>
        new(bucket ?? Bucket, _warehouse, new FakeTimeProvider(Noon), Log.Logger, progress);

    /// <summary>Puts a version into the bucket: the rows of a query in DuckDB's SQL, by default as a delta.</summary>
    public async Task PutAsync(string target, int version, string query, Func<ProcessedMetadata, ProcessedMetadata>? metadata = null)
    {
        var (body, rows, key) = await WriteParquetAsync(query);
        var described = new ProcessedMetadata { Rows = rows, Rejected = 0, IsWhole = false, KeyColumn = key };
        await PutAsync(target, version, body, (metadata?.Invoke(described) ?? described).ToObjectMetadata());
    }

    /// <summary>Puts a version that holds everything that exists.</summary>
    public Task PutCompleteAsync(string target, int version, string query) =>
        PutAsync(target, version, query, metadata => metadata with { IsWhole = true });

    public async Task PutAsync(string target, int version, byte[] body, ObjectMetadata metadata)
    {
        using var stream = new MemoryStream(body);
        Assert.True(await Bucket.PutIfAbsentAsync(Key(target, version).Parquet, stream, metadata, Cancellation));
    }

    public Task<LoadSummary> SweepAsync() => Stage.RunAsync(new StageEvent.Sweep(), "request-1", Cancellation);

    public Task<LoadSummary> RingAsync(params string[] keys) => Stage.RunAsync(
        new StageEvent.Doorbell([.. keys.Select(key => new CreatedObject("processed", key))]), "request-1", Cancellation);

    /// <summary>A sweep that can't do everything.</summary>
    public async Task<string> FailingSweepAsync() => (await Assert.ThrowsAsync<StageFailedException>(SweepAsync)).Message;

    /// <summary>The rows of a query, as text: <c>(1,a) (2,b)</c>.</summary>
    public async Task<string> RowsAsync(string query) =>
        await Database.ScalarAsync<string?>($"SELECT string_agg(r::text, ' ') FROM ({query}) AS r") ?? "";

    public async ValueTask DisposeAsync()
    {
        await _warehouse.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    public static async Task<(byte[] Body, long Rows, string Key)> WriteParquetAsync(string query, string options = "FORMAT parquet")
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "rows.parquet");
        await using var duckDb = new DuckDBConnection("DataSource=:memory:;threads=1");
        await duckDb.OpenAsync(Cancellation);
        await using var command = duckDb.CreateCommand();
        command.CommandText = $"COPY ({query}) TO '{path}' ({options})";
        var rows = await command.ExecuteNonQueryAsync(Cancellation);
        command.CommandText = $"DESCRIBE SELECT * FROM '{path}'";
        var key = (string)(await command.ExecuteScalarAsync(Cancellation))!;
        return (await File.ReadAllBytesAsync(path, Cancellation), rows, key);
    }
}
