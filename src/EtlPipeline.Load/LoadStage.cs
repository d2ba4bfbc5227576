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
}

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
