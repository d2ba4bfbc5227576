using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests;

/// <summary>A source, a warehouse, and folders for buckets; a test's own.</summary>
internal sealed class PipelineScene : IAsyncDisposable
{
    public const string InsertCurrency = "INSERT INTO currency (currency_code, created_at, last_updated) VALUES ('GBP', now(), now())";

    /// <summary>A currency that ISO 4217 does not have, so that its row is rejected.</summary>
    public const string InsertUnknownCurrency = "INSERT INTO currency (currency_id, currency_code, created_at, last_updated) VALUES (77, 'QQQ', now(), now())";

    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 9, 2) });
    private static readonly DateTimeOffset Moment = new(2024, 12, 30, 20, 0, 0, TimeSpan.Zero);

    private PipelineScene(TestDatabase totesys, TestDatabase warehouse) =>
        (Totesys, Warehouse, Variables) = (totesys, warehouse, PipelineVariables.Of(totesys, warehouse, Folder));

    public TestDatabase Totesys { get; }

    public TestDatabase Warehouse { get; }

    public TestFolder Folder { get; } = new();

    /// <summary>The settings of the commands.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>A scene with the eleven empty tables, and what some statements put there.</summary>
    public static async Task<PipelineScene> CreateAsync(string? sql = null)
    {
        var scene = new PipelineScene(await TestDatabase.CreateTotesysAsync(), await TestDatabase.CreateAsync());
        if (sql is { }) await scene.Totesys.ExecuteAsync(sql);
        return scene;
    }

    /// <summary>A scene with some weeks of orders, all of them in the warehouse.</summary>
    public static async Task<PipelineScene> CreateLoadedAsync()
    {
        var scene = await CreateAsync();
        await using (var connection = await scene.Totesys.OpenAsync())
            await TotesysDatabase.FillAsync(connection, History, Moment, TestContext.Current.CancellationToken);
        var run = await scene.CallAsync("run");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return scene;
    }

    public Task<LocalCall> CallAsync(params string[] arguments) => LocalCall.RunAsync(Folder.Path, Variables, arguments);

    /// <summary>The same while a setting is another one.</summary>
    public Task<LocalCall> CallWithAsync(string setting, string value, params string[] arguments) =>
        LocalCall.RunAsync(Folder.Path, new Dictionary<string, string>(Variables) { [setting] = value }, arguments);

    public async ValueTask DisposeAsync()
    {
        await Totesys.DisposeAsync();
        await Warehouse.DisposeAsync();
        Folder.Dispose();
    }
}
