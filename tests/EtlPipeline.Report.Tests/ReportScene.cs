using System.Xml.Linq;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load;
using EtlPipeline.Report;
using EtlPipeline.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Report.Tests;

/// <summary>A warehouse whose tables Load made, and the report of it.</summary>
internal sealed class ReportScene : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2025, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);
    private readonly string _schema;

    private ReportScene(TestDatabase database, string schema) => (Database, _schema) = (database, schema);

    public TestDatabase Database { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ReportScene> WithoutTablesAsync() => new(await TestDatabase.CreateAsync(), "public");

    /// <summary>Empty tables, made by Load.</summary>
    public static async Task<ReportScene> WithTablesAsync(string schema = "public")
    {
        var scene = new ReportScene(await TestDatabase.CreateAsync(), schema);
        if (schema != "public") await scene.Database.ExecuteAsync($"""CREATE SCHEMA "{Quoted(schema)}" """);
        using var folder = new TestFolder();
        await using var warehouse = scene.Open();
        await new LoadStage(folder.Bucket("processed"), warehouse, scene._clock, new TestLog().Logger)
            .RunAsync(new StageEvent.Sweep(), "request-1", Cancellation);
        await scene.ExecuteAsync(ReportRows.Dimensions);
        return scene;
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

    private static string Quoted(string name) => name.Replace("\"", "\"\"", StringComparison.Ordinal);

    private PostgreSqlDatabase Open() => new(Database.Settings with { Schema = _schema }, new SessionOptions());
}
