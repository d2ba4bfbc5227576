using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform;

/// <summary>What Transform logs.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Table} {Version}: {Rows} rows transformed, {Rejected} rejected, in {Ms} ms.")]
    public static partial void Transformed(ILogger logger, TableName table, TableVersion version, long rows, long rejected, long ms);

    [LoggerMessage(LogLevel.Information, "{Table} {Version}: written by another invocation.")]
    public static partial void AlreadyThere(ILogger logger, TableName table, TableVersion version);

    [LoggerMessage(LogLevel.Information, "{Table} {Version}: the calendar of {Rows} days written.")]
    public static partial void CalendarWritten(ILogger logger, TableName table, TableVersion version, long rows);

    [LoggerMessage(LogLevel.Information, "Key '{Key}' ignored: it isn't of the form table/version.json.gz.")]
    public static partial void KeyIgnored(ILogger logger, string key);

    [LoggerMessage(LogLevel.Information, "{Table} makes no table of its own: others look up in it. Nothing to do.")]
    public static partial void LookUpOnly(ILogger logger, TableName table);

    [LoggerMessage(LogLevel.Information, "The time is up; {Table} goes on with the next invocation.")]
    public static partial void TimeIsUp(ILogger logger, TableName table);

    [LoggerMessage(EventName = EventNames.RowsRejected, Level = LogLevel.Warning, Message = "{Table} {Version}: rejected rows: {Rejected}, kept in '{Key}'; the first because of {Reason}.")]
    public static partial void RowsRejected(ILogger logger, TableName table, TableVersion version, long rejected, string key, string reason);

    [LoggerMessage(LogLevel.Error, "{Table} {Version}: can't be transformed, and counts as missing: {Reason}. " + LogSentences.Mending)]
    public static partial void Unreadable(ILogger logger, TableName table, TableVersion version, string reason, TableName source);
}
