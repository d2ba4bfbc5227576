using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Load;

/// <summary>One invocation: whoever has the warehouse's lock brings all targets up to date.</summary>
internal sealed class LoadRun(
    IObjectStore processed, PostgreSqlDatabase warehouse, TimeProvider clock, ILogger logger, Invocation invocation, Action<VersionLoaded> report) : IDisposable
{
    private readonly VersionListing _listing = new(processed, VersionKey.ParquetSuffix, clock);
    private readonly ParquetReader _reader = new();
    private readonly List<VersionLoaded> _loaded = [];
    private readonly HashSet<TableName> _stopped = [];
    private IReadOnlyCollection<TableName> _tables = [];

    /// <summary>What was applied or stepped over.</summary>
    public IReadOnlyList<VersionLoaded> Loaded => _loaded;

    /// <summary>What could not be done.</summary>
    public StageFailures Failures { get; } = new(LoadFunction.Stage, logger);

    /// <summary>What is measured beside the versions.</summary>
    public LoadFigures Figures { get; } = new();

    /// <summary>Loads until nothing is pending but what has failed, or the time is up.</summary>
    public async Task ExecuteAsync(StageEvent stageEvent)
    {
        var named = ReadNames(stageEvent);
        await GuardAsync("warehouse", async () =>
        {
            await using var session = new WarehouseSession(warehouse, invocation);
            await session.EnsureOpenAsync();
            _tables = await FindTablesAsync(stageEvent, named);
            if (await IsAllDoneAsync(session, stageEvent, named))
            {
                await Figures.ReadAsync(session, clock);
                return;
            }

            // A doorbell that rings while we hold the lock goes home: so we look once more, also for targets that are new.
            do
            {
                if (await session.ReadAsync<bool>(WarehouseSession.Script("try_lock_warehouse").Text) is false)
                {
                    Log.AnotherLoadWorks(logger, session.Schema);
                    return;
                }

                await WorkAsync(session);
                await Figures.ReadAsync(session, clock);
                if (session.IsOpen) await session.ExecuteAsync(WarehouseSession.Script("unlock_warehouse").Text);
                else await session.EnsureOpenAsync();
            }
            while (!invocation.IsTimeUp && await IsAnythingNewAsync(session));

            await ReportStraysAsync(session, named);
        });
    }

    /// <summary>Does the same in one transaction, and takes it back.</summary>
    /// <returns>What was found; null if it could not be done.</returns>
    public async Task<LoadRehearsal?> RehearseAsync(StageEvent stageEvent)
    {
        LoadRehearsal? found = null;
        var named = ReadNames(stageEvent);
        await GuardAsync("warehouse", async () =>
        {
            await using var session = new WarehouseSession(warehouse, invocation, isRehearsal: true);
            await session.EnsureOpenAsync();
            _tables = await FindTablesAsync(stageEvent, named);
            if (!await session.ReadAsync<bool>(WarehouseSession.Script("try_lock_warehouse").Text))
                throw new PipelineException($"Another Load works in the schema '{session.Schema}'. Plan again when it has ended.");
            var schema = await SchemaComparison.BeginAsync(session);
            await WorkAsync(session);
            found = new LoadRehearsal(await schema.FindChangesAsync(session), await session.ReadAsync<long>("SELECT count(*) FROM etl_rejected"));
        });
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private List<VersionKey> ReadNames(StageEvent stageEvent)
    {
        var named = new List<VersionKey>();
        if (stageEvent is not StageEvent.Doorbell doorbell) return named;
        foreach (var key in doorbell.Objects.Select(created => created.Key).Distinct())
        {
            if (VersionKey.TryParse(key, VersionKey.ParquetSuffix, out var version)) named.Add(version);
            else Log.ForeignKey(logger, key);
        }

        return named;
    }

    /// <summary>A sweep looks what there is; a doorbell names what is new.</summary>
    private async Task<IReadOnlyCollection<TableName>> FindTablesAsync(StageEvent stageEvent, List<VersionKey> named)
    {
        return stageEvent is StageEvent.Sweep ? await ListTablesAsync() : [.. named.Select(version => version.Table).Distinct()];
    }

    private async Task<IReadOnlyCollection<TableName>> ListTablesAsync()
    {
        var tables = new HashSet<TableName>();
        await foreach (var table in processed.ListTablesAsync(invocation.CancellationToken)) tables.Add(table);
        tables.Remove(TableName.Parse("rejected"));
        return tables;
    }

    private async Task WorkAsync(WarehouseSession session)
    {
        await new Migrator(session, logger).MigrateAsync();
        foreach (var (state, pending) in await FindPendingAsync(session))
        {
            if (!session.IsOpen && !await ReopenAsync(session)) return;
            await LoadTargetAsync(session, state, pending);
        }
    }

    /// <summary>
    /// Whether others have loaded all that the event is about, found out without the lock, which would turn doorbells away: we would have to look
    /// a second time, and S3 charges for each look. A doorbell asks for its own versions alone, since each version has one.
    /// </summary>
    private async Task<bool> IsAllDoneAsync(WarehouseSession session, StageEvent stageEvent, List<VersionKey> named)
    {
        if (!await new Migrator(session, logger).IsCurrentAsync()) return false;
        if (stageEvent is StageEvent.Sweep) return !await IsAnythingPendingAsync(session);
        foreach (var version in named)
        {
            if (!await IsLoadedAsync(session, version)) return false;
        }

        return true;
    }

    private static Task<bool> IsLoadedAsync(WarehouseSession session, VersionKey version) => session.ReadAsync<bool>(
        "SELECT EXISTS (SELECT FROM etl_load WHERE target = $1 AND version = $2)", SqlRunner.Parameter(version.Table.Value), SqlRunner.Parameter(version.Version.ToString()));

    /// <summary>The lock went with the connection.</summary>
    private static async Task<bool> ReopenAsync(WarehouseSession session)
    {
        await session.EnsureOpenAsync();
        return await session.ReadAsync<bool>(WarehouseSession.Script("try_lock_warehouse").Text);
    }

    private async Task<bool> IsAnythingNewAsync(WarehouseSession session)
    {
        _tables = await ListTablesAsync();
        return await IsAnythingPendingAsync(session);
    }

    private async Task<bool> IsAnythingPendingAsync(WarehouseSession session) => (await FindPendingAsync(session)).Count > 0;

    /// <summary>The targets that have pending versions: dimensions first, so that few of their members have to be inferred for the facts.</summary>
    private async Task<IReadOnlyList<(TargetState State, IReadOnlyList<TableVersion> Versions)>> FindPendingAsync(WarehouseSession session)
    {
        var states = await TargetState.ReadAllAsync(session);
        var targets = states.Keys.Union(_tables).Except(_stopped).Select(table => states.GetValueOrDefault(table, new TargetState(table))).ToList();
        var pending = await Task.WhenAll(targets.Select(async state => (State: state, Versions: await FindPendingAsync(state))));
        return [.. pending.Where(target => target.Versions.Count > 0).OrderBy(target => IsFact(target.State)).ThenBy(target => target.State.Target.Value, StringComparer.Ordinal)];
    }

    private static bool IsFact(TargetState state) => state.Kind is { } kind ? kind == "fact" : !state.Target.Value.StartsWith("dim_", StringComparison.Ordinal);

    private async Task<IReadOnlyList<TableVersion>> FindPendingAsync(TargetState state)
    {
        var versions = await _listing.FindAfterAsync(state.Target, state.Version, invocation.CancellationToken);
        if (state.Version is { }) return versions;

        // A new target begins at the newest version's oldest-read: what lies before is in no segment that still counts.
        for (var i = versions.Count - 1; i >= 0; i--)
        {
            var stored = await processed.DescribeAsync(new VersionKey(state.Target, versions[i]).Parquet, invocation.CancellationToken);
            if (stored is { } && ParquetMetadata.Read(stored.Metadata) is { IsUnreadable: false } metadata)
                return metadata.OldestRead is { } oldest ? [.. versions.Where(version => version >= oldest)] : versions;
        }

        return versions;
    }

    private async Task LoadTargetAsync(WarehouseSession session, TargetState state, IReadOnlyList<TableVersion> versions)
    {
        var loader = new VersionLoader(processed, session, _reader, clock, logger, invocation, Figures);
        var applied = 0;
        foreach (var version in versions)
        {
            if (invocation.IsTimeUp) break;
            TargetState? next = null;
            if (!await GuardAsync(new VersionKey(state.Target, version).ToString(), async () => next = await loader.LoadAsync(state, version, versions.Count - applied, Add))) _stopped.Add(state.Target);
            foreach (var fault in loader.TakeFaults()) Failures.Add(new VersionKey(state.Target, version).ToString(), fault);
            if (next is null) break;
            state = next;
            applied++;
        }

        if (loader.AwaitsValidation && !invocation.IsTimeUp && session.IsOpen) await GuardAsync(state.Target.Value, () => loader.ValidateAsync(state.Description!));

        void Add(VersionLoaded loaded)
        {
            _loaded.Add(loaded);
            report(loaded);
        }
    }

    /// <summary>
    /// Reports announced versions that weren't loaded. One that turns up below what was loaded is never applied: newer states have taken its
    /// place. One that is gone can't be.
    /// </summary>
    private async Task ReportStraysAsync(WarehouseSession session, List<VersionKey> named)
    {
        var states = await TargetState.ReadAllAsync(session);
        foreach (var version in named)
        {
            var newest = states.GetValueOrDefault(version.Table)?.Version;
            if (newest == version.Version) continue;
            if (newest > version.Version) await ReportStrayAsync(session, version, states[version.Table].SourceTable);
            else if (await processed.DescribeAsync(version.Parquet, invocation.CancellationToken) is null)
            {
                Failures.Add(version.ToString(), new PipelineException(
                    $"Bucket {processed.Name} has no object '{version.Parquet}', which an event announced: it was deleted before it was loaded. Within a day the round brings its rows; to have them now: `replay --table {version.Table}`"));
            }
        }
    }

    private async Task ReportStrayAsync(WarehouseSession session, VersionKey version, TableName source)
    {
        if (!await IsLoadedAsync(session, version)) Log.StrayVersion(logger, version.Table, version.Version, source);
    }

    /// <summary>Does something; waiting for a lock or a connection in vain isn't a failure, since the next doorbell or sweep goes on.</summary>
    private async Task<bool> GuardAsync(string subject, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (DatabaseException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            Log.LockNotHad(logger, subject);
        }
        catch (DatabaseException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections })
        {
            Log.NoConnectionLeft(logger);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failures.Add(subject, exception);
        }

        return false;
    }
}
