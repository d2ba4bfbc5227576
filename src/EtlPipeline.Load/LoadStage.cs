using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load;

/// <summary>
/// Brings the versions that lie in the processed bucket into the warehouse: each once, in order, its rows and its ledger entry in one
/// transaction. An instance serves any number of invocations, one at a time; several instances may work on one warehouse.
/// </summary>
/// <param name="processed">The processed bucket.</param>
/// <param name="warehouse">The warehouse. What is missing of it (schema, tables, indexes, views, ledger) is created.</param>
/// <param name="clock">Tells when a version was loaded.</param>
/// <param name="logger">Where each version and each failure gets a line.</param>
/// <param name="progress">Is told of each version when its transaction has committed.</param>
public sealed class LoadStage(
    IObjectStore processed, PostgreSqlDatabase warehouse, TimeProvider clock, ILogger logger, IProgress<VersionLoaded>? progress = null)
{
    /// <summary>Loads what is pending: of the tables that the event names, or of all tables for a sweep.</summary>
    /// <param name="stageEvent">What woke the function.</param>
    /// <param name="requestId">The invocation's id, for log lines and the ledger.</param>
    /// <param name="cancellationToken">Ends the run; the version at hand is rolled back.</param>
    /// <exception cref="StageFailedException">Something could not be loaded; everything else was.</exception>
    public async Task<LoadSummary> RunAsync(StageEvent stageEvent, string requestId, CancellationToken cancellationToken)
    {
        using var scope = InvocationScope.Begin(logger, "load", requestId);
        var started = clock.GetTimestamp();
        var run = new LoadRun(processed, warehouse, clock, logger, progress, requestId);
        await run.ExecuteAsync(stageEvent, cancellationToken);
        var elapsed = (long)clock.GetElapsedTime(started).TotalMilliseconds;
        Log.LoadFinished(logger, run.Loaded.Count, run.Loaded.Sum(version => version.Written), run.Failures.Failures.Count, elapsed);
        run.Failures.ThrowIfAny();
        return new LoadSummary(run.Loaded);
    }
}
