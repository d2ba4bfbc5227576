using System.Xml.Linq;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Load;
using EtlPipeline.Testing;
using EtlPipeline.Transform;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Report.Tests;

/// <summary>A warehouse whose tables the pipeline made, and the report of it.</summary>
internal sealed class ReportScene : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2025, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);
    private readonly string _schema;

    private ReportScene(TestDatabase database, string schema) => (Database, _schema) = (database, schema);

    public TestDatabase Database { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ReportScene> WithoutTablesAsync() => new(await TestDatabase.CreateAsync(), "public");

    /// <summary>The star of totesys, with members of its dimensions and no fact; its ledger is empty.</summary>
    public static async Task<ReportScene> WithTablesAsync(string schema = "public")
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        var scene = await LoadAsync(totesys, TableList.Default, schema);
        await scene.ExecuteAsync($"DELETE FROM etl_load; {ReportRows.Dimensions}");
        return scene;
    }

    /// <summary>A warehouse of somebody else's tables.</summary>
    public static async Task<ReportScene> WithCopiesAsync(string sql)
    {
        await using var source = await TestDatabase.CreateAsync();
        await source.ExecuteAsync(sql);
        return await LoadAsync(source, TableList.Parse("*"), "public");
    }

    /// <summary>Runs SQL whose names are those of the warehouse's schema.</summary>
    public Task ExecuteAsync(string sql) => Database.ExecuteAsync($"""SET search_path TO "{Quoted(_schema)}"; {sql}""");

    public async Task<string> WriteAsync()
    {
        await using var warehouse = Open();
        return await new WarehouseReport(warehouse, _clock).MakeAsync(Cancellation);
    }

    /// <summary>The page as a tree; it is well-formed XML below its first line.</summary>
    public async Task<XElement> ReadAsync()
    {
        var page = await WriteAsync();
        return XElement.Parse(page[page.IndexOf('\n', StringComparison.Ordinal)..]);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static async Task<ReportScene> LoadAsync(TestDatabase source, TableList tables, string schema)
    {
        var scene = new ReportScene(await TestDatabase.CreateAsync(), schema);
        if (schema != "public") await scene.Database.ExecuteAsync($"""CREATE SCHEMA "{Quoted(schema)}" """);
        using var folder = new TestFolder();
        var (ingestion, processed, log, invocation) = (folder.Bucket("ingestion"), folder.Bucket("processed"), new TestLog(), Invocation.Unlimited("run-1", Cancellation));
        await using var oltp = source.Open(PostgreSqlSource.SessionLimits);
        await using var warehouse = scene.Open();
        await new ExtractStage(new PostgreSqlSource(oltp, log), ingestion, new ExtractOptions { Tables = tables }, TimeProvider.System, log).RunAsync(ExtractRequest.Scheduled, invocation);
        await new TransformStage(ingestion, processed, new Calendar(new DateOnly(2024, 1, 1), 1096), TimeProvider.System, log).RunAsync(new StageEvent.Sweep(), invocation);
        await new LoadStage(processed, warehouse, TimeProvider.System, log).RunAsync(new StageEvent.Sweep(), invocation);
        return scene;
    }

    private static string Quoted(string name) => name.Replace("\"", "\"\"", StringComparison.Ordinal);

    private PostgreSqlDatabase Open() => new(Database.Settings with { Schema = _schema }, new SessionOptions());
}
