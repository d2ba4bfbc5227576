using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Targets;

namespace EtlPipeline.Local.Status;

/// <summary>Looks up how far the pipeline has come; it changes nothing.</summary>
/// <param name="settings">The pipeline.</param>
/// <param name="buckets">Opens its buckets.</param>
/// <param name="clock">Tells the age of the last run.</param>
internal sealed class StatusReader(PipelineSettings settings, ObjectStores buckets, TimeProvider clock)
{
    /// <exception cref="DatabaseException">The warehouse could not be read.</exception>
    /// <exception cref="ObjectStoreException">A bucket could not be listed.</exception>
    public async Task<PipelineStatus> ReadAsync(CancellationToken cancellationToken)
    {
        await using var warehouse = settings.OpenWarehouse();
        await using var state = await WarehouseState.OpenAsync(warehouse, cancellationToken);
        var lake = new LakeState(buckets.Open(settings.Extract.IngestionBucket), buckets.Open(settings.Load.ProcessedBucket), clock);
        var states = await state.ReadTargetsAsync(cancellationToken);
        var tables = new List<TableStatus>();
        var sources = await FindSourcesAsync(cancellationToken);
        foreach (var (table, target) in Pairs(sources, states))
        {
            var status = Describe(table, target, states.FirstOrDefault(known => known.Target == target)) with { IsUnread = table is { } source && !sources.Contains(source) };
            var rows = target is { } name ? await state.CountAsync(name, cancellationToken) : null;
            tables.Add(await lake.AddToAsync(status with { WarehouseRows = rows?.Rows, IsEstimate = rows is { IsEstimate: true } }, cancellationToken));
        }

        return new PipelineStatus(settings.Places, clock.GetUtcNow(), await lake.FindLastRunAsync(cancellationToken), tables)
        {
            Schema = warehouse.Schema,
            Notices = [.. Notices(await IsFormatOneAsync(lake, tables, cancellationToken), await state.IsFormatOneAsync(cancellationToken))],
        };
    }

    /// <summary>The tables that the settings list. For <c>*</c> these are the schema's tables that have a key, without partitions.</summary>
    private async Task<IReadOnlyList<TableName>> FindSourcesAsync(CancellationToken cancellationToken)
    {
        var list = settings.Extract.Tables;
        var listed = list.Tables.Select(table => table.Name).ToList();
        await using var source = settings.OpenSource();
        if (!list.IsAll || source is null) return listed;
        await using var connection = await source.OpenAsync(cancellationToken);
        var relations = await connection.QueryAsync(
            SqlScript.Read(typeof(StatusReader).Assembly, "source_tables.sql").Text,
            [SqlRunner.Parameter(source.Schema)],
            row => (Name: row.GetString(0), IsTable: row.GetChar(1) is 'r' or 'p', HasKey: row.GetFieldValue<string[]>(5).Length > 0),
            cancellationToken);
        var all = relations.Where(relation => relation is { IsTable: true, HasKey: true } && TableName.TryParse(relation.Name, out _)).Select(relation => TableName.Parse(relation.Name));
        return [.. listed.Concat(all.Where(table => !list.Excluded.Contains(table))).Distinct()];
    }

    private static async Task<bool> IsFormatOneAsync(LakeState lake, IReadOnlyList<TableStatus> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables.Where(table => table is { Table: not null, Ingested: null }))
        {
            if (await lake.IsFormatOneAsync(table.Table!.Value, cancellationToken)) return true;
        }

        return false;
    }

    /// <summary>The source tables, each with its targets, then targets without such a table.</summary>
    private List<(TableName? Table, TableName? Target)> Pairs(IReadOnlyList<TableName> sources, IReadOnlyList<TargetState> states)
    {
        var pairs = new List<(TableName? Table, TableName? Target)>();
        foreach (var source in sources)
        {
            var targets = ChosenTables.TargetsOf(source, settings.Targets);
            if (targets.Count == 0) pairs.Add((source, null));
            pairs.AddRange(targets.Select(target => ((TableName?)source, (TableName?)target)));
        }

        pairs.Add((null, TargetCatalogue.Calendar.Name));
        pairs.AddRange(states.Where(known => !pairs.Exists(pair => pair.Target == known.Target)).Select(known => (known.SourceTable, (TableName?)known.Target)));
        return pairs;
    }

    private TableStatus Describe(TableName? table, TableName? target, TargetState? state) => new()
    {
        Table = table,
        Target = target,
        Loaded = state?.Version,
        // A table that is computed is never compared with a source; its stamps only say which calendar it is.
        VerifiedThrough = table is null ? null : state?.VerifiedThrough,
        HistorySince = table is null ? null : state?.HistorySince,
        IsBlocked = state is { IsBlocked: true },
        RejectedRows = state?.Rejected ?? 0,
        Corrections = state?.Corrections ?? 0,
        IsRetired = table is { } source && target is { } name && !ChosenTables.TargetsOf(source, settings.Targets).Contains(name),
    };

    private IEnumerable<string> Notices(bool isLakeOfFormatOne, bool isWarehouseOfFormatOne)
    {
        if (isLakeOfFormatOne)
            yield return $"{settings.Extract.IngestionBucket} holds a lake of format 1, which this version doesn't read. Begin anew: set AWS_INGEST_BUCKET and AWS_PROCESS_BUCKET to two new, empty buckets.";
        if (isWarehouseOfFormatOne)
            yield return $"The warehouse {settings.Load.Warehouse} was made by format 1. Let its owner run the script that adopts it (`check` prints the line), then run the pipeline with new, empty buckets.";
    }
}
