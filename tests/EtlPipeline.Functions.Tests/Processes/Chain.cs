using EtlPipeline.Testing.Lambda;
using EtlPipeline.Testing.S3;

namespace EtlPipeline.Functions.Tests.Processes;

/// <summary>The three functions, each a process, on one lake; the test rings the doorbells that S3 would ring.</summary>
internal sealed class Chain : IAsyncDisposable
{
    private Chain(Lake lake)
    {
        Lake = lake;
        Extract = FunctionRun.Start("Extract", lake.Environment);
        Transform = FunctionRun.Start("Transform", lake.Environment);
        Load = FunctionRun.Start("Load", lake.Environment);
    }

    public Lake Lake { get; }

    public FunctionRun Extract { get; }

    public FunctionRun Transform { get; }

    public FunctionRun Load { get; }

    public static async Task<Chain> StartAsync() => new(await Lake.CreateAsync());

    /// <summary>What the schedule does: one event to Extract, then the notifications of what came of it, down to the warehouse.</summary>
    public async Task RunAsync(string extractEvent = "{}")
    {
        AssertDone(await Extract.Api.InvokeAsync(extractEvent));
        await RingAsync(Transform, Lake.Ingestion);
        await RingAsync(Load, Lake.Processed);
    }

    /// <summary>Tells a function of every object in a bucket, in one event with many records.</summary>
    public static async Task RingAsync(FunctionRun function, TestBucket bucket) =>
        AssertDone(await function.Api.InvokeAsync(await Lake.NotificationAsync(bucket)));

    public static void AssertDone(InvocationOutcome outcome) => Assert.Null(outcome.Message);

    public async ValueTask DisposeAsync()
    {
        await Extract.DisposeAsync();
        await Transform.DisposeAsync();
        await Load.DisposeAsync();
        await Lake.DisposeAsync();
    }
}
