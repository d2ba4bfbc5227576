using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Soak.Figures;
using EtlPipeline.Targets;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Lambda;
using EtlPipeline.Testing.S3;

namespace EtlPipeline.Soak.Pipelines;

/// <summary>The three functions, each a process with a Lambda Runtime API of its own, over an S3 server.</summary>
internal sealed class FunctionProcesses : IScheduledPipeline
{
    private static readonly byte[] Sweep = "{}"u8.ToArray();

    private readonly Lake _lake;
    private readonly PipelineSettings _settings;
    private readonly FunctionProcess _extract;
    private readonly FunctionProcess _transform;
    private readonly FunctionProcess _load;
    private readonly NewObjects _ingested;
    private readonly NewObjects _processed;

    private FunctionProcesses(Lake lake, Func<string, string> findExecutable)
    {
        _lake = lake;
        _settings = WarehouseComparison.SettingsOf(lake.Environment);
        _extract = FunctionProcess.Start("Extract", findExecutable("Extract"), lake.Environment);
        _transform = FunctionProcess.Start("Transform", findExecutable("Transform"), lake.Environment);
        _load = FunctionProcess.Start("Load", findExecutable("Load"), lake.Environment);
        _ingested = new NewObjects(lake.Ingestion.Store, TableList.Default.Tables.Select(table => table.Name));
        _processed = new NewObjects(lake.Processed.Store, [TargetCatalogue.Calendar.Name, .. TargetCatalogue.All.Select(target => target.Description.Name)]);
    }

    public TestDatabase Source => _lake.Source;

    public TestDatabase Warehouse => _lake.Warehouse;

    public IReadOnlyList<MeasuredProcess> Processes => [_extract.Measured, _transform.Measured, _load.Measured];

    /// <param name="findExecutable">Finds the executable of a stage.</param>
    public static async Task<FunctionProcesses> StartAsync(Func<string, string> findExecutable) =>
        new(await Lake.CreateAsync(), findExecutable);

    public async Task RunAsync(bool isSweep, CancellationToken cancellationToken)
    {
        if (isSweep)
        {
            await _transform.InvokeAsync(Sweep);
            await _load.InvokeAsync(Sweep);
        }

        await _extract.InvokeAsync("{}"u8.ToArray());
        await RingAsync(_transform, _lake.Ingestion, _ingested, cancellationToken);
        await RingAsync(_load, _lake.Processed, _processed, cancellationToken);
    }

    public async Task<long> CountDifferencesAsync(CancellationToken cancellationToken)
    {
        // The stores of this process find the test server's credentials where the functions do.
        foreach (var (name, value) in _lake.Ingestion.Server.Environment) Environment.SetEnvironmentVariable(name, value);
        using var buckets = new ObjectStores(_lake.Ingestion.Server.Endpoint, TimeProvider.System);
        return await WarehouseComparison.CountDifferencesAsync(_settings, buckets, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _extract.DisposeAsync();
        await _transform.DisposeAsync();
        await _load.DisposeAsync();
        await _lake.DisposeAsync();
    }

    /// <summary>S3 sends an event for every object.</summary>
    private static async Task RingAsync(FunctionProcess function, TestBucket bucket, NewObjects objects, CancellationToken cancellationToken)
    {
        foreach (var key in await objects.TakeAsync(cancellationToken)) await function.InvokeAsync(Lake.Notification(bucket, [key]));
    }
}
