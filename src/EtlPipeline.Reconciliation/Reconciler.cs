using System.Runtime.CompilerServices;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract.Sources.PostgreSql;
using EtlPipeline.Transform;
using Npgsql;

namespace EtlPipeline.Reconciliation;

/// <summary>Compares the warehouse with the source; it changes nothing.</summary>
/// <param name="extract">The source, its tables, and the ingestion bucket.</param>
/// <param name="load">The warehouse.</param>
/// <param name="buckets">Opens the bucket.</param>
/// <param name="keysShown">How many keys are kept of each kind of fault.</param>
public sealed class Reconciler(ExtractSettings extract, LoadSettings load, ObjectStores buckets, int keysShown) : IAsyncDisposable
{
    private readonly PostgreSqlDatabase _oltp = new(FindOltp(extract), Snapshot.SessionLimits);
    private readonly PostgreSqlDatabase _warehouse = new(load.Warehouse, Snapshot.SessionLimits);

    /// <summary>Compares target by target.</summary>
    /// <exception cref="DatabaseException">A database could not be reached, or lacks a table.</exception>
    /// <exception cref="PipelineException">The warehouse was never loaded.</exception>
    public async IAsyncEnumerable<TargetReport> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The warehouse comes first: taken later, it could hold what the source's snapshot does not have yet.
        await using var warehouse = await Snapshot.TakeAsync(_warehouse, cancellationToken);
        var loaded = await LoadedVersions.ReadAsync(warehouse.Connection, _warehouse, cancellationToken);
        if (loaded.Count == 0) throw new PipelineException($"Nothing was loaded into the {_warehouse} yet; run the pipeline first.");
        await using var source = await Snapshot.TakeAsync(_oltp, cancellationToken);
        var ingested = await OpenIngestedAsync(source, cancellationToken);
        foreach (var target in ComparedTarget.All.Where(target => extract.Tables.Contains(target.Source)))
        {
            TableVersion? newest = loaded.TryGetValue(target.Target, out var found) ? found : null;
            var version = await ingested.FindAsync(target, newest, cancellationToken);
            yield return await new TargetComparison(target, version, ingested, keysShown).RunAsync(source, warehouse, cancellationToken);
        }

        foreach (var target in TargetCatalogue.WithoutSource)
            yield return await CalendarCheck.RunAsync(warehouse, target, keysShown, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _oltp.DisposeAsync();
        await _warehouse.DisposeAsync();
    }

    private static DatabaseSettings FindOltp(ExtractSettings extract) => extract.Oltp
        ?? throw new PipelineException("IS_OLTP_OK is False: generated sample tables are no database that the warehouse could be compared with.");

    private async Task<IngestedVersions> OpenIngestedAsync(Snapshot source, CancellationToken cancellationToken)
    {
        try
        {
            var point = await SnapshotPointQuery.ReadAsync(source.Connection, cancellationToken);
            return new IngestedVersions(buckets.Open(extract.IngestionBucket), point);
        }
        catch (NpgsqlException exception)
        {
            throw _oltp.Failure(exception);
        }
    }
}
