using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Targets;

namespace EtlPipeline.Reconciliation.Warehouse;

/// <summary>
/// Checks <c>dim_date</c>, which has no source: its values follow from the date, no day is missing, and it has every day that a fact's current
/// records need.
/// </summary>
/// <param name="warehouse">The warehouse.</param>
internal sealed class CalendarLook(PostgreSqlDatabase warehouse) : ILook
{
    public TableName Target => TargetCatalogue.Calendar.Name;

    public TableName? Source => null;

    public async Task<LookResult> RunAsync(IReadOnlyCollection<RowKey>? keys, KeyBudget budget, CancellationToken cancellationToken)
    {
        await using var snapshot = await Snapshot.TakeAsync(warehouse, cancellationToken);
        var catalog = new WarehouseCatalog(snapshot);
        if (await catalog.FindAsync(Target.Value, cancellationToken) is not { Exists: true }) return LookResult.Nothing("the warehouse has no such table yet", budget);
        var differences = new KeyDifferences(budget);
        foreach (var (day, columns) in await FindWrongAsync(snapshot, cancellationToken))
            differences.Add(Of(day, columns is null ? DifferenceKind.Missing : DifferenceKind.Differing, columns ?? []));
        foreach (var day in await FindNeededAsync(snapshot, catalog, cancellationToken))
            differences.Add(Of(day, DifferenceKind.Missing, []));
        var days = await snapshot.QueryAsync("SELECT count(*) FROM dim_date", [], reader => reader.GetInt64(0), cancellationToken);
        return new LookResult(differences) { WarehouseRows = days[0] };
    }

    private static KeyDifference Of(string day, DifferenceKind kind, IReadOnlyList<string> columns) =>
        new(new RowKey(day), string.Empty, [new RowDifference(kind, TargetCatalogue.Calendar.Name.Value, new RowKey(day), columns)]);

    private static Task<IReadOnlyList<(string Day, string[]? Columns)>> FindWrongAsync(Snapshot snapshot, CancellationToken cancellationToken) => snapshot.QueryAsync(
        Snapshot.Script("wrong_days.sql").Text,
        [],
        reader => (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<string[]>(1)),
        cancellationToken);

    /// <summary>The days that facts refer to and that are missing.</summary>
    private async Task<IReadOnlyList<string>> FindNeededAsync(Snapshot snapshot, WarehouseCatalog catalog, CancellationToken cancellationToken)
    {
        var queries = new List<string>();
        foreach (var fact in (await catalog.ReadStatesAsync(cancellationToken)).Select(state => state.Description).OfType<TargetDescription>().Where(target => target.Kind == TargetKind.Fact))
        {
            if (await catalog.FindAsync(fact.Name.Value, cancellationToken) is not { HasHistory: true } table) continue;
            queries.AddRange(fact.Columns.Where(column => column.References == Target).Select(table.Find).OfType<string>().Select(column =>
                $"SELECT {SqlIdentifier.Quote(column)} AS needed_day FROM {SqlIdentifier.Quote(table.Name)} WHERE valid_to IS NULL"));
        }

        if (queries.Count == 0) return [];
        return await snapshot.QueryAsync(
            $"SELECT DISTINCT needed_day::text FROM ({string.Join(" UNION ", queries)}) AS needed WHERE isfinite(needed_day) AND NOT EXISTS (SELECT FROM dim_date WHERE date_id = needed_day) ORDER BY 1",
            [],
            reader => reader.GetString(0),
            cancellationToken);
    }
}
