using EtlPipeline.Soak.Figures;
using EtlPipeline.Soak.Pipelines;
using EtlPipeline.Testing;

namespace EtlPipeline.Soak.Tests.Leaks;

/// <summary>A pipeline that does nothing but leave something behind after each schedule.</summary>
internal sealed class LeakyPipeline : IScheduledPipeline
{
    private const string WarehouseTables = """
        CREATE TABLE etl_load (); CREATE TABLE fact_sales_order (); CREATE TABLE fact_purchase_order (); CREATE TABLE fact_payment ();
        """;

    private readonly TemporaryFolder _temporary = new();
    private readonly Func<LeakyPipeline, Task> _leak;

    private LeakyPipeline(TestDatabase source, TestDatabase warehouse, Func<LeakyPipeline, Task> leak)
    {
        (Source, Warehouse) = (source, warehouse);
        _leak = leak;
    }

    public TestDatabase Source { get; }

    public TestDatabase Warehouse { get; }

    public IReadOnlyList<MeasuredProcess> Processes => [new("process", Environment.ProcessId, _temporary.Path)];

    /// <summary>What is left behind and still referred to.</summary>
    public List<object> Held { get; } = [];

    public static async Task<LeakyPipeline> StartAsync(Func<LeakyPipeline, Task> leak)
    {
        var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync(WarehouseTables);
        return new LeakyPipeline(await TestDatabase.CreateTotesysAsync(), warehouse, leak);
    }

    public Task RunAsync(bool isSweep, CancellationToken cancellationToken) => _leak(this);

    public Task<long> CountDifferencesAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    public async ValueTask DisposeAsync()
    {
        foreach (var held in Held)
        {
            if (held is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else if (held is IDisposable disposable) disposable.Dispose();
        }

        _temporary.Dispose();
        await Source.DisposeAsync();
        await Warehouse.DisposeAsync();
    }
}
