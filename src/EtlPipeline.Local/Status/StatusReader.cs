using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Reconciliation;
using EtlPipeline.Transform;

namespace EtlPipeline.Local.Status;

/// <summary>Looks up how far the pipeline has come; it changes nothing.</summary>
/// <param name="settings">The pipeline.</param>
/// <param name="buckets">Opens its buckets.</param>
/// <param name="clock">Tells the age of the last run.</param>
internal sealed class StatusReader(PipelineSettings settings, ObjectStores buckets, TimeProvider clock) : IAsyncDisposable
{
    private readonly PostgreSqlDatabase? _oltp = settings.Extract.Oltp is { } oltp ? new PostgreSqlDatabase(oltp, new SessionOptions()) : null;
    private readonly PostgreSqlDatabase _warehouse = new(settings.Load.Warehouse, new SessionOptions());

    /// <exception cref="DatabaseException">A database could not be reached.</exception>
    /// <exception cref="ObjectStoreException">A bucket could not be listed.</exception>
    public async Task<PipelineStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var lake = new LakeStatus(buckets.Open(settings.Extract.IngestionBucket), buckets.Open(settings.Load.ProcessedBucket), clock);
        var tables = await ReadWarehouseAsync(await ReadSourceAsync(cancellationToken), cancellationToken);
        for (var i = 0; i < tables.Count; i++) tables[i] = await lake.AddToAsync(tables[i], cancellationToken);
        return new PipelineStatus(clock.GetUtcNow(), await lake.FindLastRunAsync(cancellationToken), tables);
    }

    public async ValueTask DisposeAsync()
    {
        if (_oltp is { }) await _oltp.DisposeAsync();
        await _warehouse.DisposeAsync();
    }

    private async Task<List<TableStatus>> ReadSourceAsync(CancellationToken cancellationToken)
    {
        var tables = new List<TableStatus>();
        await using var connection = _oltp is null ? null : await _oltp.OpenAsync(cancellationToken);
        var counts = connection is null ? null : new TableCounts(connection, _oltp!);
        foreach (var table in settings.Extract.Tables)
        {
            var rows = counts is null ? null : await counts.CountAsync(table, cancellationToken);
            tables.Add(new TableStatus { Table = table, Target = TargetCatalogue.TargetOf(table), SourceRows = rows });
        }

        tables.AddRange(TargetCatalogue.WithoutSource.Select(target => new TableStatus { Table = null, Target = target }));
        return tables;
    }

    private async Task<List<TableStatus>> ReadWarehouseAsync(List<TableStatus> tables, CancellationToken cancellationToken)
    {
        await using var connection = await _warehouse.OpenAsync(cancellationToken);
        var counts = new TableCounts(connection, _warehouse);
        var loaded = await LoadedVersions.ReadAsync(connection, _warehouse, cancellationToken);
        var completed = new List<TableStatus>();
        foreach (var table in tables)
        {
            completed.Add(table.Target is not { } target ? table : table with
            {
                Loaded = loaded.TryGetValue(target, out var version) ? version : null,
                WarehouseRows = await counts.CountAsync(target, cancellationToken),
            });
        }

        return completed;
    }
}
