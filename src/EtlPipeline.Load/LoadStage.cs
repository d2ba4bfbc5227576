using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load;

/// <summary>
/// Brings the versions that lie in the processed bucket into the warehouse: each once, in order, its rows and its ledger entry in one
/// transaction. An instance serves any number of invocations, one at a time; of several instances on one schema one works, and the others end well.
/// </summary>
/// <param name="processed">The processed bucket.</param>
/// <param name="warehouse">The warehouse. What is missing of it (schema, tables, indexes, views, functions) is created.</param>
/// <param name="clock">Tells how long things took, and what is recent.</param>
/// <param name="logger">Gets a line for each version and each failure.</param>
/// <param name="progress">Is told of each version when its transaction has committed.</param>
public sealed class LoadStage(
    IObjectStore processed, PostgreSqlDatabase warehouse, TimeProvider clock, ILogger logger, IProgress<VersionLoaded>? progress = null)
{
    /// <summary>Loads everything that is pending, whichever table the event names.</summary>
    /// <param name="stageEvent">What woke the function.</param>
    /// <param name="invocation">The invocation that this happens in.</param>
    /// <exception cref="StageFailedException">Something could not be loaded; everything else was.</exception>
    public async Task<LoadSummary> RunAsync(StageEvent stageEvent, Invocation invocation)
    {
        var started = clock.GetTimestamp();
        using var run = new LoadRun(processed, warehouse, clock, logger, invocation, Report);
        await run.ExecuteAsync(stageEvent);
        foreach (var table in run.Loaded.GroupBy(version => version.Target)) LoadFigures.OfTable(table).Write(logger, LoadFunction.Stage, table.Key);
        run.Figures.OfInvocation(run.Loaded, clock.GetElapsedTime(started), run.Failures.Count == 0).Write(logger, LoadFunction.Stage);
        run.Failures.ThrowIfAny();
        return new LoadSummary(run.Loaded);

        void Report(VersionLoaded loaded)
        {
            invocation.LastDone = $"{loaded.Target}/{loaded.Version}";
            progress?.Report(loaded);
        }
    }

    /// <summary>
    /// Does all that <see cref="RunAsync"/> would do in one transaction, and takes it back: the warehouse is as it was. Until then the tables that
    /// would be made, altered or written are locked as by a load.
    /// </summary>
    /// <param name="stageEvent">What would wake the function.</param>
    /// <param name="invocation">The invocation that this happens in.</param>
    /// <param name="found">Is told once of what a load would change beside the rows, if it came to its end.</param>
    /// <exception cref="StageFailedException">Something could not be loaded, or another Load is at work.</exception>
    public async Task RehearseAsync(StageEvent stageEvent, Invocation invocation, IProgress<LoadRehearsal> found)
    {
        using var run = new LoadRun(processed, warehouse, clock, logger, invocation, loaded => progress?.Report(loaded));
        if (await run.RehearseAsync(stageEvent) is { } rehearsal) found.Report(rehearsal);
        run.Failures.ThrowIfAny();
    }
}

/// <summary>What a load would change beside the rows.</summary>
/// <param name="SchemaChanges">What it would make and alter.</param>
/// <param name="RejectedRows">How many rows would be rejected and not mended at its end.</param>
public sealed record LoadRehearsal(IReadOnlyList<SchemaChange> SchemaChanges, long RejectedRows);

/// <summary>A table or a column of the warehouse that a load would make or alter.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column; null if the table itself is new.</param>
/// <param name="Before">The column's type as it is; null if the column is new.</param>
/// <param name="After">The type that it would have; null if the table itself is new.</param>
public sealed record SchemaChange(string Table, string? Column, string? Before, string? After);

/// <summary>What an invocation of Load did.</summary>
/// <param name="Versions">The versions that it applied or stepped over, in the order in which it did so.</param>
public sealed record LoadSummary(IReadOnlyList<VersionLoaded> Versions);

/// <summary>What became of one version of a target; its transaction has committed.</summary>
/// <param name="Target">The target.</param>
/// <param name="Version">Its version.</param>
/// <param name="Rows">How many good rows the version holds.</param>
/// <param name="Inserted">How many records began.</param>
/// <param name="Ended">How many records a newer state of their row ended.</param>
/// <param name="Deleted">How many records ended because their row is gone from the source.</param>
/// <param name="Rejected">How many rows could not be transformed.</param>
/// <param name="Corrections">How many records the daily round wrote although they should have been followed.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record VersionLoaded(
    TableName Target, TableVersion Version, long Rows, long Inserted, long Ended, long Deleted, long Rejected, long Corrections, TimeSpan Elapsed);
