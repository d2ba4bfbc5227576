using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

internal static partial class Log
{
    [LoggerMessage(EventName = "RunSkipped", Level = LogLevel.Information,
        Message = "Another run holds the source's lock; this one ends")]
    public static partial void RunSkipped(ILogger logger);

    [LoggerMessage(EventName = "RunGivesWay", Level = LogLevel.Information,
        Message = "Another session waits for a table that this run holds; the run ends, and the next one carries on")]
    public static partial void RunGivesWay(ILogger logger);

    [LoggerMessage(EventName = "SourceHides", Level = LogLevel.Warning,
        Message = "{Database} doesn't let the role see {What}, so that it can't be compared; GRANT EXECUTE ON FUNCTION {Function} to the role")]
    public static partial void SourceHides(ILogger logger, string database, string what, string function);

    [LoggerMessage(EventName = "StateUnreadable", Level = LogLevel.Warning,
        Message = "Table {Table}: the {What} of version {Version} can't be relied on; the table begins again, and all of it is read")]
    public static partial void StateUnreadable(ILogger logger, TableName table, string version, string what);

    [LoggerMessage(EventName = "TransactionsForgotten", Level = LogLevel.Warning,
        Message = "Table {Table}: a transaction has been open for so long that the rows of some newer ones will be sent again; end it, or if it is prepared, "
            + "COMMIT PREPARED or ROLLBACK PREPARED it (pg_prepared_xacts)")]
    public static partial void TransactionsForgotten(ILogger logger, TableName table);

    [LoggerMessage(EventName = "VersionWritten", Level = LogLevel.Information,
        Message = "Table {Table}: version {Version}, {Kind}, {Reason}, {Rows} rows, {Bytes} bytes, in {Ms} ms")]
    public static partial void VersionWritten(
        ILogger logger, TableName table, TableVersion version, VersionKind kind, VersionReason reason, long rows, long bytes, long ms);

    [LoggerMessage(EventName = "TableWithoutKey", Level = LogLevel.Warning,
        Message = "Table {Table} is left out: it has neither a primary key nor a unique index over columns that are NOT NULL; ALTER TABLE {Table} ADD PRIMARY KEY (…), "
            + "or say that it isn't meant: AWS_TABLES_LIST=*, !{Table}")]
    public static partial void TableWithoutKey(ILogger logger, TableName table);

    [LoggerMessage(EventName = "TableLeftOut", Level = LogLevel.Warning, Message = "Table {Table} is left out: {Why}")]
    public static partial void TableLeftOut(ILogger logger, string table, string why);

    [LoggerMessage(EventName = "TableLeft", Level = LogLevel.Information,
        Message = "Table {Table} takes no part in this run: {Why}")]
    public static partial void TableLeft(ILogger logger, TableName table, string why);

    [LoggerMessage(EventName = "SessionLost", Level = LogLevel.Warning,
        Message = "The session with {Database} ended before it was closed: {Fault}")]
    public static partial void SessionLost(ILogger logger, string database, string fault);
}
