extern alias StandIn;

using EtlPipeline.Testing.Lambda;
using StandIn::Amazon.Lambda.Core;
using StandIn::Amazon.Lambda.RuntimeSupport;

namespace EtlPipeline.AmazonLambda.Tests.RuntimeSupport;

/// <summary>A function's loop that runs within the test, against a Runtime API of its own.</summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    /// <summary>How long a test waits for the loop to end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _end = new();
    private readonly LambdaBootstrap _bootstrap;

    public RunningFunction(Func<Stream, ILambdaContext, Task> handler, LambdaBootstrapInitializer? initializer = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_LAMBDA_RUNTIME_API"] = Api.Address,
            ["AWS_LAMBDA_FUNCTION_NAME"] = "etl-load",
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "7",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "256",
        };
        _bootstrap = new LambdaBootstrap(RuntimeApi.FromEnvironment(name => environment.GetValueOrDefault(name)), handler, initializer);
        Loop = _bootstrap.RunAsync(_end.Token);
    }

    public FakeRuntimeApi Api { get; } = new();

    public Task Loop { get; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Loop.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _bootstrap.Dispose();
        await Api.DisposeAsync();
        _end.Dispose();
    }
}
