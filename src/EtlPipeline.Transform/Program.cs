using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using EtlPipeline.Core.Hosting;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform;

/// <summary>The process that AWS Lambda starts.</summary>
internal static class Program
{
    private static Task<int> Main() => FunctionProcess.RunAsync(TransformFunction.Name, ServeAsync);

    private static async Task ServeAsync(ILogger logger)
    {
        TransformFunction? function = null;
        Func<Stream, ILambdaContext, Task> handler =
            (payload, context) => function!.HandleAsync(payload, context.AwsRequestId, context.RemainingTime);
        using var bootstrap = LambdaBootstrapBuilder.Create(handler).UseBootstrapHandler(StartAsync).Build();
        await bootstrap.RunAsync();

        Task<bool> StartAsync()
        {
            function = TransformFunction.Start(Environment.GetEnvironmentVariable, TimeProvider.System, logger);
            return Task.FromResult(true);
        }
    }
}
