using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Merging;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Staging;
using EtlPipeline.Load.Warehouse;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Load;

/// <summary>Brings one version into the warehouse, in one transaction with its ledger entry.</summary>
internal sealed class VersionLoader(
    IObjectStore processed, WarehouseSession session, TimeProvider clock, ILogger logger, string requestId)
{
    private readonly Ledger _ledger = new(session);

    /// <summary>Loads a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="steppedOver">The versions before it that can't be loaded, oldest first. They get their ledger entries with it.</param>
    /// <param name="cancellationToken">Ends the work; nothing of it then stays.</param>
    /// <returns>What has got into the ledger: nothing where another Load was faster.</returns>
    /// <exception cref="UnloadableVersionException">The version can't be loaded because of what it holds.</exception>
    /// <exception cref="DatabaseException">The warehouse can't be reached, or ended the session.</exception>
    public async Task<IReadOnlyList<VersionLoaded>> LoadAsync(
        VersionKey version, IReadOnlyList<VersionKey> steppedOver, CancellationToken cancellationToken)
    {
        try
        {
            // The file comes before the transaction: while it comes, the warehouse is not locked.
            using var source = await ProcessedVersion.OpenAsync(processed, version, cancellationToken);
            return await LoadAsync(source, version, steppedOver, cancellationToken);
        }
        catch (Exception exception) when (exception is DamagedParquetException or MisfitException || IsAboutValues(exception))
        {
            throw new UnloadableVersionException(processed.Name, version, exception.Message);
        }
    }

    private async Task<IReadOnlyList<VersionLoaded>> LoadAsync(
        ProcessedVersion source, VersionKey version, IReadOnlyList<VersionKey> steppedOver, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var transaction = await session.BeginAsync(cancellationToken);
        var highest = await _ledger.FindHighestAsync(version.Table, cancellationToken);
        if (highest >= version.Version) return [];

        var skipped = steppedOver.Where(damaged => !(highest >= damaged.Version)).ToList();
        foreach (var damaged in skipped) await _ledger.AddAsync(Entry(damaged) with { IsSkipped = true }, cancellationToken);
        var result = await MergeAsync(source, version, cancellationToken);
        await _ledger.AddAsync(
            Entry(version) with
            {
                Rows = source.File.Rows,
                Written = result.Written,
                Deleted = result.Deleted,
                Rejected = source.Metadata?.Rejected ?? 0,
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        foreach (var damaged in skipped) Log.VersionSkipped(logger, damaged.Table, damaged.Version, version.Version);
        return
        [
            .. skipped.Select(damaged => new VersionLoaded(damaged.Table, damaged.Version, 0, 0, Skipped: true, TimeSpan.Zero)),
            LogLoaded(version, source.File.Rows, result, clock.GetElapsedTime(started)),
        ];
    }

    private async Task<MergeResult> MergeAsync(ProcessedVersion source, VersionKey version, CancellationToken cancellationToken)
    {
        // Transform could not read what this version was made from: it only counts as done, whatever is in the file.
        if (source.Metadata is { IsUnreadable: true }) return new MergeResult(0);

        var target = await new WarehouseCatalog(session).DescribeAsync(version.Table, cancellationToken);
        var plan = StagingPlan.Create(target, source.File.Columns, source.KeyColumn);
        var staging = new StagingTable(session, plan);
        await staging.FillAsync(source.File, cancellationToken);
        await new InferredMembers(session, plan).InsertAsync(cancellationToken);
        var result = target.IsFact
            ? await new FactMerge(session, plan, source.Metadata is { IsComplete: true }).ExecuteAsync(cancellationToken)
            : await new DimensionMerge(session, plan).ExecuteAsync(cancellationToken);
        return result + new MergeResult(0, IgnoredDeletes: staging.IgnoredDeletes);
    }

    private VersionLoaded LogLoaded(VersionKey version, long rows, MergeResult result, TimeSpan elapsed)
    {
        Log.VersionLoaded(logger, version.Table, version.Version, rows, result.Written, result.Deleted, (long)elapsed.TotalMilliseconds);
        if (result.IgnoredDeletes > 0) Log.DeletesIgnored(logger, version.Table, version.Version, result.IgnoredDeletes);
        return new VersionLoaded(version.Table, version.Version, rows, result.Written, Skipped: false, elapsed);
    }

    private LedgerEntry Entry(VersionKey version) => new() { Version = version, LoadedAt = clock.GetUtcNow(), RequestId = requestId };

    /// <summary>Classes 22 and 23, <i>Data Exception</i> and <i>Integrity Constraint Violation</i>: the server refuses what the version holds.</summary>
    private static bool IsAboutValues(Exception exception) =>
        exception is DatabaseException { InnerException: PostgresException { SqlState: ['2', '2' or '3', ..] } };
}
