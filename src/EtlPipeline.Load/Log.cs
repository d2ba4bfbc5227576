using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load;

/// <summary>The log messages of Load.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Loaded {Table}/{Version}: {Rows} rows, {Written} written, {Deleted} of them deletes, in {Ms} ms")]
    public static partial void VersionLoaded(ILogger logger, TableName table, TableVersion version, long rows, long written, long deleted, long ms);

    [LoggerMessage(LogLevel.Warning, "Skipped {Table}/{Version}: it can't be loaded, and {Successor} holds all rows")]
    public static partial void VersionSkipped(ILogger logger, TableName table, TableVersion version, TableVersion successor);

    [LoggerMessage(LogLevel.Warning, "Left {Table}/{Version} alone: a newer version was loaded before this one turned up. Run Extract with {{\"full\": true}} if its rows are missing")]
    public static partial void StrayVersion(ILogger logger, TableName table, TableVersion version);

    [LoggerMessage(LogLevel.Information, "Ignored the key '{Key}': it is not of the form table/version.parquet")]
    public static partial void ForeignKey(ILogger logger, string key);

    [LoggerMessage(LogLevel.Warning, "Ignored the key '{Key}': the warehouse has no table '{Table}'. It is loaded once the table is there")]
    public static partial void UnknownTarget(ILogger logger, string key, TableName table);

    [LoggerMessage(LogLevel.Warning, "{Table}/{Version} has {Deletes} deletes that '{Table}' can't show: it has no column 'is_deleted'")]
    public static partial void DeletesIgnored(ILogger logger, TableName table, TableVersion version, long deletes);

    [LoggerMessage(LogLevel.Information, "Applied migration {Migration} to the warehouse's schema '{Schema}'")]
    public static partial void MigrationApplied(ILogger logger, string migration, string schema);

    [LoggerMessage(LogLevel.Error, "{Subject} failed: {Reason}")]
    public static partial void Failed(ILogger logger, string subject, string reason);

    [LoggerMessage(LogLevel.Information, "Load finished: {Versions} versions, {Written} rows written, {Failures} failures, in {Ms} ms")]
    public static partial void LoadFinished(ILogger logger, int versions, long written, int failures, long ms);
}
