using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Load;
using EtlPipeline.Testing;
using EtlPipeline.Transform;

namespace EtlPipeline.Reconciliation.Tests;

/// <summary>A source, a lake and a warehouse of a test's own, the pipeline between them, and the reconciliation.</summary>
internal sealed class ReconcileScene : IAsyncDisposable, IProgress<string>
{
    /// <summary>A small company: five orders, one of them with a date that is none; three members of staff.</summary>
    public const string Company = """
        INSERT INTO department VALUES (1, 'Sales', NULL, 'Ann', '2024-03-01', '2024-03-01');
        INSERT INTO staff VALUES (1, 'Ada', 'L', 1, 'ada@x', '2024-03-01', '2024-03-01'), (2, 'Bob', 'M', 1, 'bob@x', '2024-03-01', '2024-03-01'), (3, 'Cyd', 'N', 1, 'cyd@x', '2024-03-01', '2024-03-01');
        INSERT INTO address VALUES (1, 'High Street 1', NULL, NULL, 'York', 'YO1', 'GB', '123', '2024-03-01', '2024-03-01');
        INSERT INTO counterparty VALUES (1, 'Acme', 1, NULL, NULL, '2024-03-01', '2024-03-01');
        INSERT INTO currency VALUES (1, 'GBP', '2024-03-01', '2024-03-01');
        INSERT INTO design VALUES (1, '2024-03-01', 'Oak', '/d', 'oak.json', '2024-03-01');
        INSERT INTO sales_order
        SELECT n, '2024-03-01 10:00:00.123', '2024-03-02', 1, 1, 1, 10 * n, n + 0.5, 1, CASE n WHEN 5 THEN 'soon' ELSE '2024-03-09' END, '2024-03-08', 1 FROM generate_series(1, 5) AS n;
        """;

    /// <summary>The tables that it has rows in.</summary>
    public const string CompanyTables = "department, staff, address, counterparty, currency, design, sales_order";

    private readonly TestFolder _folder = new();
    private readonly TestLog _log = new();
    private readonly string _tables;
    private int _runs;

    private ReconcileScene(TestDatabase source, TestDatabase warehouse, string tables)
    {
        (SourceDatabase, WarehouseDatabase, _tables) = (source, warehouse, tables);
        (Oltp, Warehouse) = (source.Open(PostgreSqlSource.SessionLimits), warehouse.Open());
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public TestDatabase SourceDatabase { get; }

    public TestDatabase WarehouseDatabase { get; }

    public PostgreSqlDatabase Oltp { get; }

    public PostgreSqlDatabase Warehouse { get; }

    /// <summary>What the reconciliation said that it was doing.</summary>
    public List<string> Progress { get; } = [];

    /// <summary>Is called when it waits for a run.</summary>
    public Action? OnWaiting { get; set; }

    /// <summary>The small company, loaded.</summary>
    public static async Task<ReconcileScene> LoadCompanyAsync()
    {
        var scene = new ReconcileScene(await TestDatabase.CreateTotesysAsync(), await TestDatabase.CreateAsync(), CompanyTables);
        await scene.SourceDatabase.ExecuteAsync(Company);
        await scene.RunAsync();
        return scene;
    }

    /// <summary>Tables of the test's own, loaded.</summary>
    public static async Task<ReconcileScene> LoadAsync(string sql, string tables, bool isLoaded = true)
    {
        var scene = new ReconcileScene(await TestDatabase.CreateAsync(), await TestDatabase.CreateAsync(), tables);
        await scene.SourceDatabase.ExecuteAsync(sql);
        if (isLoaded) await scene.RunAsync();
        return scene;
    }

    /// <summary>Runs the pipeline once.</summary>
    public Task RunAsync() => RunAsync(ExtractRequest.Scheduled);

    public async Task RunAsync(ExtractRequest request)
    {
        var (ingestion, processed) = (_folder.Bucket("ingestion"), _folder.Bucket("processed"));
        var invocation = Invocation.Unlimited($"run-{++_runs}", Token);
        await new ExtractStage(new PostgreSqlSource(Oltp, _log), ingestion, new ExtractOptions { Tables = TableList.Parse(_tables) }, TimeProvider.System, _log).RunAsync(request, invocation);
        await new TransformStage(ingestion, processed, new Calendar(new DateOnly(2024, 1, 1), 366), TimeProvider.System, _log).RunAsync(new StageEvent.Sweep(), invocation);
        await new LoadStage(processed, Warehouse, TimeProvider.System, _log).RunAsync(new StageEvent.Sweep(), invocation);
    }

    /// <summary>Compares, and runs the pipeline in between if rows differ.</summary>
    public Task<ReconciliationReport> ReconcileAsync() => ReconcileAsync(new ReconcileOptions { Run = _ => RunAsync() });

    public Task<ReconciliationReport> ReconcileAsync(ReconcileOptions options) =>
        new Reconciler(Oltp, Warehouse, _folder.Bucket("ingestion"), TableList.Parse(_tables), TimeProvider.System, this).RunAsync(options, Token);

    /// <summary>The differences as lines, such as <c>fact_sales_order Differing 2 units_sold</c>.</summary>
    public static IEnumerable<string> Lines(Func<TargetReport, DifferenceList> list, ReconciliationReport report) =>
        from target in report.Targets
        from kind in list(target).Kinds
        from row in kind.First
        orderby row.Relation, row.Kind
        select string.Join(' ', new[] { row.Relation, row.Kind.ToString(), row.Key is { } key ? string.Join('/', key.Values) : null, string.Join(',', row.Columns) }.Where(part => part is { Length: > 0 }));

    void IProgress<string>.Report(string value)
    {
        Progress.Add(value);
        if (value == "waiting for the next run") OnWaiting?.Invoke();
    }

    public async ValueTask DisposeAsync()
    {
        await Oltp.DisposeAsync();
        await Warehouse.DisposeAsync();
        await SourceDatabase.DisposeAsync();
        await WarehouseDatabase.DisposeAsync();
        _folder.Dispose();
    }
}
