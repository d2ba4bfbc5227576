using System.Net.Sockets;
using Amazon.Runtime;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Core.Hosting;

/// <summary>Something that the pipeline won't or can't do; the message names the thing, what was wrong with it, and what the reader can do.</summary>
public sealed class PipelineException : Exception
{
    /// <summary>Makes the exception.</summary>
    public PipelineException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}

/// <summary>
/// An invocation or a start failed. It takes the place of what was thrown: the Lambda runtime reports and logs an exception with all of its
/// inner ones, and the messages of drivers and of .NET may quote a row's values.
/// </summary>
public sealed class FunctionFailedException : Exception
{
    internal FunctionFailedException(string message) : base(message)
    {
    }

    /// <summary>The exception itself if nothing but what we wrote is in it, else one that says the same.</summary>
    internal static Exception InPlaceOf(Exception exception) =>
        FailureText.IsOurs(exception) && exception.InnerException is null ? exception : new FunctionFailedException(FailureText.Of(exception));
}

/// <summary>Says what went wrong, without what an exception's message may quote.</summary>
public static class FailureText
{
    /// <summary>
    /// Our own exceptions hold no values; of the others, those of the network, the disk, AWS and the connection don't either. All that is said of any
    /// other one is its type and where it was thrown.
    /// </summary>
    public static string Of(Exception exception) => exception switch
    {
        PostgresException refusal => DatabaseException.Describe(refusal),
        _ when IsOurs(exception) => exception.Message,
        NpgsqlException or AmazonServiceException or AmazonClientException or IOException or UnauthorizedAccessException or HttpRequestException
            or SocketException or TimeoutException or OutOfMemoryException or OperationCanceledException => exception.Message,
        _ => $"unexpected {exception.GetType().Name}{Place(exception)}",
    };

    /// <summary>Whether an exception is one of the pipeline's own.</summary>
    internal static bool IsOurs(Exception exception) =>
        exception.GetType().Namespace is { } name && (name == "EtlPipeline" || name.StartsWith("EtlPipeline.", StringComparison.Ordinal));

    /// <summary>The innermost method of ours that it came through; a stack trace names methods and no values.</summary>
    private static string Place(Exception exception) =>
        exception.StackTrace?.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains("EtlPipeline.", StringComparison.Ordinal)) is { } line
            ? $" {line}"
            : string.Empty;
}
