using EtlPipeline.Core.Events;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Core.Storage;
using EtlPipeline.Core.Tables;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Sources.PostgreSql;
using EtlPipeline.Load;
using EtlPipeline.Pipeline.Tests.Oracle;
using EtlPipeline.Testing;
using EtlPipeline.Transform;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A totesys database, two buckets, a warehouse (a schema of the same database, so that SQL can compare them), and the three stages.</summary>
internal sealed class TestPipeline : IAsyncDisposable
{
    private const string WarehouseSchema = "warehouse";
    private readonly TestFolder _folder = new();
    private int _requests;

    private TestPipeline(TestDatabase database, WarehouseOracle oracle)
    {
        (Database, Oracle) = (database, oracle);
        Ingestion = new WatchedStore(_folder.Bucket("ingestion"));
        Processed = new WatchedStore(_folder.Bucket("processed"));
        Settings = database.Settings;
    }

    public TestDatabase Database { get; }

    public WarehouseOracle Oracle { get; }

    public WatchedStore Ingestion { get; }

    public WatchedStore Processed { get; }

    public TestLog Log { get; } = new();

    public string Folder => _folder.Path;

    /// <summary>How the stages reach the database; a test may put something in between.</summary>
    public DatabaseSettings Settings { get; set; }

    /// <summary>How Extract reaches the source, where that is not in the pipeline's database.</summary>
    public DatabaseSettings? Source { get; set; }

    /// <summary>What the stages see of the buckets; a test may put something in between.</summary>
    public Func<IObjectStore, IObjectStore> Storage { get; set; } = store => store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestPipeline> CreateAsync() => await CreateAsync(await TestDatabase.CreateTotesysAsync());

    public static async Task<TestPipeline> CreateAsync(TestDatabase database)
    {
        await database.ExecuteAsync($"CREATE SCHEMA {WarehouseSchema}");
        return new TestPipeline(database, await WarehouseOracle.CreateAsync(database, WarehouseSchema));
    }

    /// <summary>A schedule: what the extract will see is taken down, then the chain runs to its end.</summary>
    public async Task RunAsync(ExtractRequest? request = null)
    {
        await Oracle.CaptureAsync();
        await ExtractAsync(request);
        await DrainAsync();
    }

    public async Task<ExtractSummary> ExtractAsync(ExtractRequest? request = null)
    {
        await using var database = new PostgreSqlDatabase(Source ?? Settings, new SessionOptions());
        var source = new PostgreSqlSource(database, Log);
        var stage = new ExtractStage(source, Storage(Ingestion), TableList.Default, TimeProvider.System, Log);
        return await stage.RunAsync(request ?? ExtractRequest.Scheduled, NextRequest(), Token);
    }

    public Task<TransformSummary> TransformAsync(StageEvent stageEvent)
    {
        var calendar = new Calendar(new DateOnly(2024, 1, 1), 2557);
        return new TransformStage(Storage(Ingestion), Storage(Processed), calendar, TimeProvider.System, Log).RunAsync(stageEvent, NextRequest(), Token);
    }

    public async Task<LoadSummary> LoadAsync(StageEvent stageEvent)
    {
        await using var warehouse = new PostgreSqlDatabase(Settings with { Schema = WarehouseSchema }, new SessionOptions());
        return await new LoadStage(Storage(Processed), warehouse, TimeProvider.System, Log).RunAsync(stageEvent, NextRequest(), Token);
    }

    /// <summary>Delivers every event, each once and in order.</summary>
    public async Task DrainAsync()
    {
        foreach (var created in Ingestion.TakeEvents()) await TransformAsync(OverTheWire(created));
        foreach (var created in Processed.TakeEvents()) await LoadAsync(OverTheWire(created));
    }

    /// <summary>What the schedule does every fifteen minutes.</summary>
    public async Task SweepAsync()
    {
        await TransformAsync(new StageEvent.Sweep());
        await LoadAsync(new StageEvent.Sweep());
    }

    /// <summary>Waits until the server has noticed that the pipeline's broken connections are gone, and freed their locks.</summary>
    public async Task UntilSessionsHaveEndedAsync()
    {
        const string sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'etl-pipeline'";
        while (await Database.ScalarAsync<long>(sql) > 0) await Task.Delay(5, Token);
    }

    public Task AssertIsRightAsync() => Oracle.AssertIsRightAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The event as S3 would send it: JSON, with the key URL-encoded.</summary>
    public static StageEvent OverTheWire(params CreatedObject[] created) =>
        StageEvent.Parse(S3Notification.Write(created, DateTimeOffset.UnixEpoch));

    private string NextRequest() => $"request-{Interlocked.Increment(ref _requests)}";
}
