using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform;

/// <summary>What Transform logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Table} {Version}: {Rows} rows transformed, {Rejected} rejected, in {Ms} ms.")]
    public static partial void Transformed(ILogger logger, TableName table, TableVersion version, long rows, long rejected, long ms);

    [LoggerMessage(2, LogLevel.Information, "{Table} {Version}: written by another invocation.")]
    public static partial void AlreadyThere(ILogger logger, TableName table, TableVersion version);

    [LoggerMessage(3, LogLevel.Information, "{Table} {Version}: the base calendar of {Rows} days written.")]
    public static partial void CalendarWritten(ILogger logger, TableName table, TableVersion version, long rows);

    [LoggerMessage(4, LogLevel.Information, "Key '{Key}' ignored: it is not of the form table/version.json.")]
    public static partial void KeyIgnored(ILogger logger, string key);

    [LoggerMessage(5, LogLevel.Information, "{Table} makes no dimension of its own; nothing to do.")]
    public static partial void NoDimension(ILogger logger, TableName table);

    [LoggerMessage(6, LogLevel.Information, "{Table} ignored: no warehouse table is made from it.")]
    public static partial void NoTarget(ILogger logger, TableName table);

    [LoggerMessage(7, LogLevel.Warning, "{Table} {Version}: {Rejected} rows rejected to '{Key}'; the first because of {Reason}.")]
    public static partial void RowsRejected(ILogger logger, TableName table, TableVersion version, long rejected, string key, string reason);

    [LoggerMessage(8, LogLevel.Warning, "The metadata of '{Key}' does not fit its body; every row of it counts as changed.")]
    public static partial void MetadataDoesNotFit(ILogger logger, string key);

    [LoggerMessage(9, LogLevel.Error,
        "{Table} {Version}: '{Key}' is missing, damaged, or has another number of rows than the version's metadata says. "
        + "All rows of the version are transformed, so that Load finds the deleted ones by their absence, unless rows were rejected.")]
    public static partial void DeletedRowsMissing(ILogger logger, TableName table, TableVersion version, string key);

    [LoggerMessage(10, LogLevel.Error,
        "{Table} {Version}: '{Key}' can't be transformed, and counts as done without rows: {Reason}. The next version is made from all rows.")]
    public static partial void Unreadable(ILogger logger, TableName table, TableVersion version, string key, string reason);

    [LoggerMessage(11, LogLevel.Error, "{Table} failed: {Reason}")]
    public static partial void Failed(ILogger logger, string table, string reason, Exception exception);

    [LoggerMessage(12, LogLevel.Information,
        "Transform done: {Versions} versions, {Rows} rows, {Rejected} rejected, {Failures} failures, in {Ms} ms.")]
    public static partial void TransformFinished(ILogger logger, int versions, long rows, long rejected, int failures, long ms);
}
