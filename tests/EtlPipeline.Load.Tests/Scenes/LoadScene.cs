using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Load.Tests.Scenes;

/// <summary>A warehouse, a processed bucket, and a Load between them.</summary>
internal sealed class LoadScene : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly PostgreSqlDatabase _warehouse;

    private LoadScene(TestDatabase database, SessionOptions options, string schema)
    {
        Database = database;
        Bucket = _folder.Bucket("processed");
        _warehouse = new PostgreSqlDatabase(database.Settings with { Schema = schema }, options);
        Stage = AnotherStage();
    }

    public TestDatabase Database { get; }

    public IObjectStore Bucket { get; }

    public TestLog Log { get; } = new();

    public LoadStage Stage { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<LoadScene> CreateAsync(string schema = "public", SessionOptions? options = null) =>
        new(await TestDatabase.CreateAsync(), options ?? new SessionOptions(), schema);

    /// <summary>A target in the bucket.</summary>
    public LakeTarget Target(TargetDescription description) => new(Bucket, description);

    /// <summary>Another Load on the same warehouse.</summary>
    public LoadStage AnotherStage(IObjectStore? bucket = null, IProgress<VersionLoaded>? progress = null) =>
        new(bucket ?? Bucket, _warehouse, new FakeTimeProvider(LakeTarget.Noon), Log.Logger, progress);

    public Task<LoadSummary> SweepAsync() => Stage.RunAsync(new StageEvent.Sweep(), Invocation.Unlimited("request-1", Token));

    public Task<LoadSummary> RingAsync(params VersionKey[] versions) => Stage.RunAsync(
        new StageEvent.Doorbell([.. versions.Select(version => new CreatedObject("processed", version.Parquet))]), Invocation.Unlimited("request-1", Token));

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
}
