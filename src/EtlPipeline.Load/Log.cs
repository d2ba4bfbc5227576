using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load;

/// <summary>The log messages of Load.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Loaded {Table}/{Version}: {Rows} rows, {Inserted} records inserted, {Ended} ended, {Deleted} deleted, {Rejected} rejected, in {Ms} ms")]
    public static partial void VersionLoaded(ILogger logger, TableName table, TableVersion version, long rows, long inserted, long ended, long deleted, long rejected, long ms);

    [LoggerMessage(LogLevel.Error, "Stepped over {Table}/{Version}: {Reason}. " + LogSentences.Mending)]
    public static partial void VersionSteppedOver(ILogger logger, TableName table, TableVersion version, string reason, TableName source);

    [LoggerMessage(LogLevel.Error, "Refused {Table}/{Version}: it would end {Gone} of the {All} current records of its range. Nothing of {Table} is ended until somebody accepts it: "
        + "`run --accept-deletes {Source}`, or invoke Extract with {{\"acceptDeletes\": [\"{Source}\"]}}")]
    public static partial void VersionRefused(ILogger logger, TableName table, TableVersion version, long gone, long all, TableName source);

    [LoggerMessage(LogLevel.Error, "Versions of '{Table}' are missing: {Version} follows {Previous}, and {Loaded} was the last one here. " + LogSentences.Mending)]
    public static partial void VersionsMissing(ILogger logger, TableName table, string previous, TableVersion loaded, TableVersion version, TableName source);

    [LoggerMessage(LogLevel.Error, "Left {Table}/{Version} alone: a newer version was loaded before this one turned up. " + LogSentences.Mending)]
    public static partial void StrayVersion(ILogger logger, TableName table, TableVersion version, TableName source);

    [LoggerMessage(LogLevel.Warning, "The daily round wrote {Corrections} records of {Table}/{Version} that should have been followed. What changes the source without a trace?")]
    public static partial void Corrections(ILogger logger, TableName table, TableVersion version, long corrections);

    [LoggerMessage(LogLevel.Warning, "{Table}/{Version} has rejected rows: {Rejected}; SELECT * FROM etl_rejected says why")]
    public static partial void RowsRejected(ILogger logger, TableName table, TableVersion version, long rejected);

    [LoggerMessage(LogLevel.Information, "Ignored the key '{Key}': it is not of the form table/version.parquet")]
    public static partial void ForeignKey(ILogger logger, string key);

    [LoggerMessage(LogLevel.Information, "Another Load works in the schema '{Schema}': this one ends")]
    public static partial void AnotherLoadWorks(ILogger logger, string schema);

    [LoggerMessage(LogLevel.Information, "Left {Subject} for later: another session holds a lock on it")]
    public static partial void LockNotHad(ILogger logger, string subject);

    [LoggerMessage(LogLevel.Information, "The foreign keys of '{Table}' stay while many rows are written, which is slow: they could not be taken off ({State})")]
    public static partial void ForeignKeysStay(ILogger logger, TableName table, string state);

    [LoggerMessage(LogLevel.Warning, "The foreign keys of '{Table}' could not be added or checked ({State}); the next version tries again")]
    public static partial void ForeignKeysMissing(ILogger logger, TableName table, string state);

    [LoggerMessage(LogLevel.Warning, "Table '{Table}': the column '{Column}' has become {Type}, which isn't a wider type; from now on it goes into the column '{NewColumn}'")]
    public static partial void ColumnRenamed(ILogger logger, string table, string column, string newColumn, string type);

    [LoggerMessage(LogLevel.Information, "Applied migration {Migration} to the warehouse's schema '{Schema}'")]
    public static partial void MigrationApplied(ILogger logger, string migration, string schema);

    [LoggerMessage(LogLevel.Information, "Went home: the warehouse takes no more connections, and another Load works there or the next sweep goes on")]
    public static partial void NoConnectionLeft(ILogger logger);
}
