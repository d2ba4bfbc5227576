using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>Puts the stage and the request id on every line that is logged within an invocation.</summary>
public static class InvocationScope
{
    /// <summary>Begins the scope; dispose of it when the invocation ends.</summary>
    public static IDisposable? Begin(ILogger logger, string stage, string requestId) =>
        logger.BeginScope(new KeyValuePair<string, object?>[] { new("RequestId", requestId), new("Stage", stage) });
}
