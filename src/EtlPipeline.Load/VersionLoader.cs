using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Load;

/// <summary>Brings one version into the warehouse, or steps over it and says so.</summary>
internal sealed class VersionLoader(
    IObjectStore processed, WarehouseSession session, ParquetReader reader, TimeProvider clock, ILogger logger, Invocation invocation, LoadFigures figures)
{
    private readonly List<Exception> _faults = [];

    /// <summary>What has to be reported although the version was loaded.</summary>
    public IReadOnlyList<Exception> TakeFaults()
    {
        Exception[] faults = [.. _faults];
        _faults.Clear();
        return faults;
    }

    /// <summary>Whether the last version has left foreign keys that the server has not looked at all rows for.</summary>
    public bool AwaitsValidation { get; private set; }

    /// <summary>Lets the server look at all rows of a target for such foreign keys.</summary>
    public Task ValidateAsync(TargetDescription description) => new VersionTransaction(session, invocation, logger).ValidateAsync(description);

    /// <summary>Loads a version.</summary>
    /// <param name="state">The target's state.</param>
    /// <param name="stamp">The version.</param>
    /// <param name="pending">How many versions of the target are pending, this one included.</param>
    /// <param name="report">Is told when the version's transaction has committed.</param>
    /// <returns>The target's new state; null if another Load was faster.</returns>
    public async Task<TargetState?> LoadAsync(TargetState state, TableVersion stamp, int pending, Action<VersionLoaded> report)
    {
        var (key, started) = (new VersionKey(state.Target, stamp), clock.GetTimestamp());
        var stored = await processed.DescribeAsync(key.Parquet, invocation.CancellationToken);
        var metadata = stored is null ? null : ProcessedVersion.ReadMetadata(stored.Metadata, processed.Name, key);
        var transaction = new VersionTransaction(session, invocation, logger);
        try
        {
            if (metadata is null) return await StepOverAsync(VersionOutcome.Damaged, "the object or its metadata are gone or damaged");
            if (metadata.IsUnreadable) return await StepOverAsync(VersionOutcome.Unreadable, "Transform could not read what it would be made from, and its log says why");
            CheckSource(state, metadata);
            using var version = await ProcessedVersion.OpenAsync(processed, key, metadata, reader, invocation.CancellationToken);
            var (next, counts) = await transaction.LoadAsync(state, stamp, version, pending);
            AwaitsValidation = transaction.AwaitsValidation;
            ReportLoaded(state, version, counts, key);
            figures.AddLag(clock.GetUtcNow() - metadata.ExtractedAt);
            report(new VersionLoaded(state.Target, stamp, metadata.Rows, counts.Inserted, counts.Ended, counts.Deleted, metadata.Rejected, counts.Corrections, clock.GetElapsedTime(started)));
            Log.VersionLoaded(logger, state.Target, stamp, metadata.Rows, counts.Inserted, counts.Ended, counts.Deleted, metadata.Rejected, (long)clock.GetElapsedTime(started).TotalMilliseconds);
            return next;
        }
        catch (DamagedParquetException exception)
        {
            return await StepOverAsync(VersionOutcome.Damaged, exception.Message);
        }
        catch (RangeRefusedException refusal)
        {
            Log.VersionRefused(logger, state.Target, stamp, refusal.Gone, refusal.All, state.SourceTable);
            return await GoOnAsync(VersionOutcome.Skipped);
        }
        catch (OvertakenException)
        {
            return null;
        }
        catch (DatabaseException exception) when (exception.InnerException is PostgresException refusal && IsAboutValues(refusal))
        {
            throw new MisfitException($"table '{refusal.TableName ?? state.Target.Value}'{ColumnOf(refusal)}: the table refuses a row of the version ({refusal.SqlState}{(refusal.ConstraintName is { } name ? $", {name}" : string.Empty)})");
        }

        Task<TargetState?> StepOverAsync(VersionOutcome outcome, string reason)
        {
            Log.VersionSteppedOver(logger, state.Target, stamp, reason, state.SourceTable);
            return GoOnAsync(outcome);
        }

        async Task<TargetState?> GoOnAsync(VersionOutcome outcome)
        {
            figures.Gaps++;
            var next = await transaction.StepOverAsync(state, stamp, metadata, outcome);
            report(new VersionLoaded(state.Target, stamp, 0, 0, 0, 0, 0, 0, clock.GetElapsedTime(started)));
            return next;
        }
    }

    private static void CheckSource(TargetState state, ParquetMetadata metadata)
    {
        if (state.Source is { } source && metadata.Source is { } other && source != other.ToString())
        {
            throw new PipelineException(
                $"Target '{state.Target}' was fed from {source}, and this version comes from {other}: the two are never mixed. "
                + "Set IS_OLTP_OK back, and give each source buckets and a warehouse schema of its own.");
        }
    }

    private void ReportLoaded(TargetState state, ProcessedVersion version, VersionCounts counts, VersionKey key)
    {
        if (state.Version is { } last && version.Metadata.Previous != last)
        {
            figures.Gaps++;
            Log.VersionsMissing(logger, state.Target, version.Metadata.Previous?.ToString() ?? "nothing", last, key.Version, state.SourceTable);
        }

        if (counts.Corrections > 0) Log.Corrections(logger, state.Target, key.Version, counts.Corrections);
        if (version.Metadata.Rejected > 0) Log.RowsRejected(logger, state.Target, key.Version, version.Metadata.Rejected);
        if (!version.IsUntold) return;
        var columns = SqlIdentifier.List(version.Description.Key);
        var fault = new PipelineException(
            $"Target '{state.Target}': deletes can't be found, because the key of '{version.Description.Source}' isn't the target's. Give the source a unique index, of columns that are NOT NULL, that Extract can go by: "
            + $"CREATE UNIQUE INDEX ON {SqlIdentifier.Quote(version.Description.Source?.Value ?? state.Target.Value)} (<the columns that become {columns}>)");
        _faults.Add(fault);
    }

    /// <summary>Classes 22 and 23, <i>Data Exception</i> and <i>Integrity Constraint Violation</i>: the server refuses what the version holds.</summary>
    private static bool IsAboutValues(PostgresException exception) => exception.SqlState is ['2', '2' or '3', ..];

    /// <summary>The column is said in a field of its own, or where a COPY stood.</summary>
    private static string ColumnOf(PostgresException exception)
    {
        var column = exception.ColumnName ?? (exception.Where is { } where && where.LastIndexOf("column ", StringComparison.Ordinal) is >= 0 and var at ? where[(at + 7)..].Split(':', '\n')[0] : null);
        return column is null ? string.Empty : $", column '{column}'";
    }
}
