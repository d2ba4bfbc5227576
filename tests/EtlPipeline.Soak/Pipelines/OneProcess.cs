using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Soak.Figures;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Lambda;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtlPipeline.Soak.Pipelines;

/// <summary>The three stages in this process, over folders.</summary>
internal sealed class OneProcess : IScheduledPipeline
{
    private readonly TestFolder _lake = new();
    private readonly TemporaryFolder _temporary = new();
    private readonly ObjectStores _buckets = new(s3Endpoint: null, TimeProvider.System);
    private readonly PipelineSettings _settings;

    private OneProcess(TestDatabase source, TestDatabase warehouse)
    {
        (Source, Warehouse) = (source, warehouse);
        _settings = WarehouseComparison.SettingsOf(new Dictionary<string, string>(
        [
            new("AWS_INGEST_BUCKET", _lake.Bucket("ingestion").Name),
            new("AWS_PROCESS_BUCKET", _lake.Bucket("processed").Name),
            .. DatabaseVariables.Of("TOTE_SYS", source.Settings),
            .. DatabaseVariables.Of("WAREHOUSE", warehouse.Settings),
        ]));
    }

    public TestDatabase Source { get; }

    public TestDatabase Warehouse { get; }

    public IReadOnlyList<MeasuredProcess> Processes => [new("process", Environment.ProcessId, _temporary.Path)];

    public static async Task<OneProcess> StartAsync() => new(await TestDatabase.CreateTotesysAsync(), await TestDatabase.CreateAsync());

    public async Task RunAsync(bool isSweep, CancellationToken cancellationToken)
    {
        await using var pipeline = new LocalPipeline(_settings, _buckets, new RunProgress(), TimeProvider.System, NullLogger.Instance);
        var outcome = await pipeline.RunAsync(new RunOrder { IsSweep = isSweep }, cancellationToken);
        if (!outcome.IsSuccess) throw new InvalidOperationException(outcome.Failures[0].Exception.Message, outcome.Failures[0].Exception);
    }

    public Task<long> CountDifferencesAsync(CancellationToken cancellationToken) =>
        WarehouseComparison.CountDifferencesAsync(_settings, _buckets, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _buckets.Dispose();
        _temporary.Dispose();
        _lake.Dispose();
        await Source.DisposeAsync();
        await Warehouse.DisposeAsync();
    }
}
