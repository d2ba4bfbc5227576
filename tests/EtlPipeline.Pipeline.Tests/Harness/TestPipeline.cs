using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Source;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Load;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Oracle;
using EtlPipeline.Transform;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A source's database, two buckets, a warehouse's database with the oracle in it, and the three stages.</summary>
internal sealed class TestPipeline : IAsyncDisposable
{
    private const string WarehouseSchema = "warehouse";
    private const string Sessions = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'etl-pipeline'";

    private readonly TestFolder _folder;
    private int? _unstamped;
    private int _requests;

    private TestPipeline(TestDatabase database, TestDatabase warehouse, TestFolder folder)
    {
        (Database, Warehouse, _folder) = (database, warehouse, folder);
        Oracle = new WarehouseOracle(warehouse, WarehouseSchema);
        Ingestion = new WatchedStore(_folder.Bucket("ingestion"));
        Processed = new WatchedStore(_folder.Bucket("processed"));
        Reach = settings => settings;
    }

    /// <summary>The source.</summary>
    public TestDatabase Database { get; set; }

    public TestDatabase Warehouse { get; }

    public WarehouseOracle Oracle { get; }

    public WatchedStore Ingestion { get; }

    public WatchedStore Processed { get; }

    public TestLog Log { get; } = new();

    public string Folder => _folder.Path;

    /// <summary>Every version that a run of Extract which ended well has put.</summary>
    public List<VersionWritten> Written { get; } = [];

    /// <summary>How the stages reach either database; a test may put something in between.</summary>
    public Func<DatabaseSettings, DatabaseSettings> Reach { get; set; }

    /// <summary>What the stages see of the buckets; a test may put something in between.</summary>
    public Func<IObjectStore, IObjectStore> Storage { get; set; } = store => store;

    /// <summary>What Extract sees of the source; a test may put something in between.</summary>
    public Func<ISource, ISource> Sources { get; set; } = source => source;

    /// <summary>What Extract is told of tables and sizes.</summary>
    public ExtractOptions Options { get; set; } = new() { Tables = TableList.Default };

    /// <summary>The functions' own clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes one without a row.</summary>
    /// <param name="folder">Where the buckets lie; by default in a folder of its own.</param>
    public static async Task<TestPipeline> CreateAsync(TestFolder? folder = null) => await CreateAsync(await TestDatabase.CreateTotesysAsync(), folder);

    /// <summary>Makes one on a source; disposing drops the source's database too, unless it goes with its server.</summary>
    public static async Task<TestPipeline> CreateAsync(TestDatabase source, TestFolder? folder = null) =>
        new(source, await TestDatabase.CreateCopyAsync("warehouse", PrepareWarehouseAsync), folder ?? new TestFolder());

    /// <summary>Makes one on a source and an empty database for the warehouse.</summary>
    public static async Task<TestPipeline> CreateAsync(TestDatabase source, TestDatabase warehouse)
    {
        await using (var connection = await warehouse.OpenAsync()) await PrepareWarehouseAsync(connection);
        return new TestPipeline(source, warehouse, new TestFolder());
    }

    /// <summary>Makes one whose source is filled with a history up to a moment.</summary>
    public static async Task<TestPipeline> CreateFilledAsync(SampleHistory history, DateTimeOffset moment, TestFolder? folder = null)
    {
        var pipeline = await CreateAsync(folder);
        await using var connection = await pipeline.Database.OpenAsync();
        await TotesysDatabase.FillAsync(connection, history, moment, Token);
        return pipeline;
    }

    /// <summary>Has every table count as large: changes are followed, and only the segments that are due are read.</summary>
    public void FollowAll() => Options = Options with { Limits = Options.Limits with { SmallTableBytes = 0, SegmentRows = 20 } };

    /// <summary>Lets the source live on, in transactions of its own.</summary>
    public async Task LiveAsync(SampleHistory history, DateTimeOffset from, DateTimeOffset to)
    {
        await using var connection = await Database.OpenAsync();
        await TotesysDatabase.AdvanceAsync(connection, history, from, to, Token);
    }

    /// <summary>Updates orders silently, deletes one, and renames the departments.</summary>
    public async Task ChangeAsync()
    {
        await using var connection = await Database.OpenAsync();
        await TotesysIncidents.UpdateSilentlyAsync(connection, 3, Token);
        await TotesysIncidents.DeleteSalesOrderAsync(
            connection, await Database.ScalarAsync<int>("SELECT min(sales_order_id) FROM sales_order"), Token);
        await Database.ExecuteAsync("UPDATE department SET department_name = department_name || '!'");
    }

    /// <summary>A schedule: what the extract will see is taken down, then the chain runs to its end.</summary>
    public async Task RunAsync(ExtractRequest? request = null)
    {
        await CaptureAsync();
        await ExtractAsync(request);
        await DrainAsync();
    }

    /// <summary>Takes down what the next extract will see; nothing may be written to the source until it has taken its snapshot.</summary>
    public async Task<int> CaptureAsync()
    {
        var snapshot = await Oracle.CaptureAsync(Database, Options.Tables.Tables.Select(table => table.Name.Value));
        _unstamped = snapshot;
        return snapshot;
    }

    public async Task<ExtractSummary> ExtractAsync(ExtractRequest? request = null, Func<TimeSpan>? remaining = null)
    {
        await using var database = new PostgreSqlDatabase(Reach(Database.Settings), new SessionOptions());
        var source = Sources(new PostgreSqlSource(database, Log));
        var stage = new ExtractStage(source, Storage(Ingestion), Options, Clock, Log);
        var summary = await stage.RunAsync(request ?? ExtractRequest.Scheduled, NextInvocation(remaining));
        if (_unstamped is { } snapshot && summary.RunStamp is { } stamp) await Oracle.StampAsync(snapshot, stamp);
        if (summary.RunStamp is { }) _unstamped = null;
        Written.AddRange(summary.Versions);
        return summary;
    }

    public Task<TransformSummary> TransformAsync(StageEvent stageEvent)
    {
        var calendar = new Calendar(new DateOnly(2024, 1, 1), 2557);
        return new TransformStage(Storage(Ingestion), Storage(Processed), calendar, Clock, Log).RunAsync(stageEvent, NextInvocation());
    }

    public async Task<LoadSummary> LoadAsync(StageEvent stageEvent)
    {
        await using var warehouse = new PostgreSqlDatabase(Reach(Warehouse.Settings) with { Schema = WarehouseSchema }, new SessionOptions());
        return await new LoadStage(Storage(Processed), warehouse, Clock, Log).RunAsync(stageEvent, NextInvocation());
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
        foreach (var database in (TestDatabase[])[Database, Warehouse])
        {
            while (await database.ScalarAsync<long>($"SELECT count(*) {Sessions}") > 0) await Task.Delay(5, Token);
        }
    }

    /// <summary>Has the server end the pipeline's sessions, whatever they are at.</summary>
    public async Task EndSessionsAsync()
    {
        foreach (var database in (TestDatabase[])[Database, Warehouse]) await database.ExecuteAsync($"SELECT pg_terminate_backend(pid) {Sessions}");
    }

    /// <summary>What AWS does after a run that failed or died: the same events again, or new ones, the next schedule, a sweep.</summary>
    public async Task RecoverAsync(bool isRetry)
    {
        await UntilSessionsHaveEndedAsync();
        if (isRetry) await DrainAsync();
        await ExtractAsync();
        await DrainAsync();
        await SweepAsync();
    }

    public Task AssertIsRightAsync(string circumstances = "in the end", bool beganLate = false) => Oracle.AssertIsRightAsync(circumstances, beganLate);

    public Task AssertIsCurrentAsync(string circumstances) => Oracle.AssertIsCurrentAsync(circumstances);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Warehouse.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The event as S3 would send it: JSON, with the key URL-encoded.</summary>
    public static StageEvent OverTheWire(params IEnumerable<CreatedObject> created) =>
        StageEvent.Parse(S3Notification.Write(created, DateTimeOffset.UnixEpoch));

    private static async Task PrepareWarehouseAsync(NpgsqlConnection connection)
    {
        await using var schema = new NpgsqlCommand($"CREATE SCHEMA {WarehouseSchema}", connection);
        await schema.ExecuteNonQueryAsync();
        await WarehouseOracle.InstallAsync(connection);
    }

    private Invocation NextInvocation(Func<TimeSpan>? remaining = null) =>
        new($"request-{Interlocked.Increment(ref _requests)}", remaining ?? (() => TimeSpan.MaxValue), Token);
}
