using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>The names under which the saved queries and alarms in <c>terraform/</c> find lines (the field <c>event</c>).</summary>
public static class EventNames
{
    /// <summary>A function could not start or go on.</summary>
    public const string FunctionEnded = "FunctionEnded";

    /// <summary>An invocation failed as a whole.</summary>
    public const string InvocationFailed = "InvocationFailed";

    /// <summary>A table, or a version of one, failed; the others went on.</summary>
    public const string TableFailed = "TableFailed";

    /// <summary>Rows could not be transformed.</summary>
    public const string RowsRejected = "RowsRejected";

    /// <summary>The summary of an invocation, with its metrics.</summary>
    public const string StageFinished = "StageFinished";

    /// <summary>The summary of one table in an invocation, with its metrics.</summary>
    public const string TableFinished = "TableFinished";
}

/// <summary>Sentences that several stages say.</summary>
public static class LogSentences
{
    /// <summary>What becomes of rows that a version should have brought, for a line that has a <c>Source</c>, the source table.</summary>
    public const string Mending =
        "Within a day the round reads its rows again and mends what differs; to have it done now: `replay --table {Source}`, or invoke Extract with {{\"read\": [\"{Source}\"]}}";
}

/// <summary>What the host says.</summary>
internal static partial class Log
{
    [LoggerMessage(EventName = EventNames.FunctionEnded, Level = LogLevel.Critical, Message = "The {Function} function ends: {Cause}")]
    public static partial void FunctionEnded(ILogger logger, string function, string cause, Exception exception);

    [LoggerMessage(EventName = EventNames.TableFailed, Level = LogLevel.Error, Message = "{Table} failed: {Cause}")]
    public static partial void TableFailed(ILogger logger, string table, string cause, Exception exception);
}

/// <summary>Puts the stage and the request id on every line that is logged within an invocation.</summary>
public static class InvocationScope
{
    /// <summary>Begins the scope; dispose of it when the invocation ends. The host of the functions does it for them.</summary>
    public static IDisposable? Begin(ILogger logger, string stage, string requestId) =>
        logger.BeginScope(new KeyValuePair<string, object?>[] { new("RequestId", requestId), new("Stage", stage) });
}
