using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core;

/// <summary>What the shared parts say.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Critical, "The {Function} function ends: {Cause}")]
    public static partial void FunctionEnded(ILogger logger, string function, string cause, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The invocation failed: {Cause}")]
    public static partial void InvocationFailed(ILogger logger, string cause, Exception exception);
}
