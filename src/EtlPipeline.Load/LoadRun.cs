using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Migrations;
using EtlPipeline.Load.Warehouse;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load;

/// <summary>One invocation: the session, what was loaded, and what failed.</summary>
internal sealed class LoadRun(
    IObjectStore processed, PostgreSqlDatabase warehouse, TimeProvider clock, ILogger logger, IProgress<VersionLoaded>? progress, string requestId)
{
    private readonly VersionListing _listing = new(processed, ObjectForm.Parquet, clock);
    private readonly List<VersionLoaded> _loaded = [];

    public IReadOnlyList<VersionLoaded> Loaded => _loaded;

    public FailureList Failures { get; } = new("Load");

    public async Task ExecuteAsync(StageEvent stageEvent, CancellationToken cancellationToken)
    {
        var requested = RequestedTargets.Read(stageEvent, logger);
        if (requested is { Count: 0 }) return;
        await GuardAsync("warehouse", async () =>
        {
            await using var session = new WarehouseSession(warehouse);
            await new Migrator(session, clock, logger).MigrateAsync(Migration.All, cancellationToken);
            var targets = await session.FindTargetsAsync(cancellationToken);
            foreach (var target in targets.Where(target => requested?.Includes(target) ?? true))
                await LoadTargetAsync(session, target, cancellationToken);

            if (requested is { }) await CheckAnnouncedAsync(session, requested, targets, cancellationToken);
        });
    }

    private async Task LoadTargetAsync(WarehouseSession session, TableName target, CancellationToken cancellationToken)
    {
        // A connection that broke under the table before is opened anew here; where that fails, so would every table after this one.
        await session.EnsureOpenAsync(cancellationToken);
        var loader = new TargetLoader(
            target, processed, _listing, new Ledger(session), new VersionLoader(processed, session, clock, logger, requestId));
        await GuardAsync(target.Value, () => loader.FindPendingAsync(cancellationToken));
        while (loader.Next is { } version)
        {
            if (!await GuardAsync(version.ToString(), async () => Report(await loader.LoadNextAsync(cancellationToken)))) return;
        }
    }

    /// <summary>Answers for what was announced and is not loaded now.</summary>
    private async Task CheckAnnouncedAsync(
        WarehouseSession session, RequestedTargets requested, IReadOnlyList<TableName> targets, CancellationToken cancellationToken)
    {
        var ledger = new Ledger(session);
        foreach (var version in requested.Versions)
        {
            if (!targets.Contains(version.Table)) Log.UnknownTarget(logger, version.Parquet, version.Table);
            else if (await ledger.IsStrayAsync(version, cancellationToken)) Log.StrayVersion(logger, version.Table, version.Version);
            else await GuardAsync(version.ToString(), () => CheckIsThereAsync(ledger, version, cancellationToken));
        }
    }

    private async Task CheckIsThereAsync(Ledger ledger, VersionKey version, CancellationToken cancellationToken)
    {
        if (version.Version <= await ledger.FindHighestAsync(version.Table, cancellationToken)) return;
        if (await processed.DescribeAsync(version.Parquet, cancellationToken) is { }) return;
        throw new PipelineException(
            $"Bucket {processed.Name} has no object '{version.Parquet}' although one was announced: it was deleted before it was loaded. "
            + "Transform's next sweep makes it again.");
    }

    private async Task<bool> GuardAsync(string subject, Func<Task> action)
    {
        if (await Failures.GuardAsync(subject, action)) return true;
        Log.Failed(logger, subject, Failures.Failures[^1].Cause.Message);
        return false;
    }

    private void Report(IReadOnlyList<VersionLoaded> versions)
    {
        _loaded.AddRange(versions);
        foreach (var version in versions) progress?.Report(version);
    }
}
