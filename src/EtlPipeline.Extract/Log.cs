using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

internal static partial class Log
{
    [LoggerMessage(EventName = "RunSkipped", Level = LogLevel.Information,
        Message = "Another run holds the source's lock; this one ends")]
    public static partial void RunSkipped(ILogger logger);

    [LoggerMessage(EventName = "AllRowsCompared", Level = LogLevel.Information,
        Message = "Table {Table}: all rows are read and compared, because {Reason}")]
    public static partial void AllRowsCompared(ILogger logger, TableName table, string reason);

    [LoggerMessage(EventName = "VersionUnreadable", Level = LogLevel.Error,
        Message = "Table {Table}: the newest version {Key} can't be read: {Fault}; a version is written from scratch")]
    public static partial void VersionUnreadable(ILogger logger, TableName table, string key, string fault);

    [LoggerMessage(EventName = "VersionWritten", Level = LogLevel.Information,
        Message = "Table {Table}: version {Version} with {Rows} rows, {Changed} new or changed, {Deleted} deleted; {Read} were read, in {Ms} ms")]
    public static partial void VersionWritten(
        ILogger logger, TableName table, TableVersion version, long rows, long changed, long deleted, long read, long ms);

    [LoggerMessage(EventName = "TableUnchanged", Level = LogLevel.Debug,
        Message = "Table {Table}: none of {Read} rows that were read has changed, in {Ms} ms")]
    public static partial void TableUnchanged(ILogger logger, TableName table, long read, long ms);

    [LoggerMessage(EventName = "TableFailed", Level = LogLevel.Error,
        Message = "Table {Table} failed: {Fault}")]
    public static partial void TableFailed(ILogger logger, TableName table, string fault);

    [LoggerMessage(EventName = "ExtractFinished", Level = LogLevel.Information,
        Message = "Extract finished: {Tables} tables, {Versions} versions, {Rows} rows, {Changed} new or changed, {Failures} failures, in {Ms} ms")]
    public static partial void ExtractFinished(ILogger logger, int tables, int versions, long rows, long changed, int failures, long ms);

    [LoggerMessage(EventName = "SessionLost", Level = LogLevel.Warning,
        Message = "The session with {Database} ended before it was closed: {Fault}")]
    public static partial void SessionLost(ILogger logger, string database, string fault);
}
