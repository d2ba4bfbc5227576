using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Rows;
using EtlPipeline.Reconciliation.Source;
using EtlPipeline.Reconciliation.Warehouse;
using EtlPipeline.Targets;

namespace EtlPipeline.Reconciliation.Comparison;

/// <summary>
/// Compares everything the warehouse has of a target with what the target's own mapping makes of the source: a fact's current records; a
/// dimension or copy and the current records of its history; the list of rejected rows.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="warehouse">The warehouse.</param>
/// <param name="listed">What to compare.</param>
internal sealed class TargetLook(PostgreSqlDatabase source, PostgreSqlDatabase warehouse, ListedTarget listed) : ILook
{
    public TableName Target => listed.Target;

    public TableName? Source => listed.Table.Name;

    public async Task<LookResult> RunAsync(IReadOnlyCollection<RowKey>? keys, KeyBudget budget, CancellationToken cancellationToken)
    {
        await using var oltp = await Snapshot.TakeAsync(source, cancellationToken);
        await using var loaded = await Snapshot.TakeAsync(warehouse, cancellationToken);
        try
        {
            if (await new SourceCatalog(oltp).FindAsync(listed.Table.Name, cancellationToken) is not { } table) return LookResult.Nothing($"the source has no table '{listed.Table.Name}'", budget);
            var target = listed.Resolve(table);
            await using var relations = await WarehouseRelations.OpenAsync(loaded, target.Description, keys, cancellationToken);
            var result = await MergeAsync(oltp, target, table, relations, keys, budget, cancellationToken);
            await relations.TellEndedAsync(result.Differences, cancellationToken);
            return result with { EndedAt = await oltp.ReadClockAsync(cancellationToken) };
        }
        catch (Exception exception) when (exception is PipelineException or KeyOrderException or FormatException)
        {
            return LookResult.Nothing(exception.Message, budget);
        }
        catch (UnreadableRowsException exception)
        {
            return LookResult.Nothing($"source table '{listed.Table.Name}': {exception.Message}", budget);
        }
    }

    private static async Task<LookResult> MergeAsync(
        Snapshot oltp, ITarget target, SourceTable table, WarehouseRelations relations, IReadOnlyCollection<RowKey>? keys, KeyBudget budget, CancellationToken cancellationToken)
    {
        await using var expected = await ExpectedRows.OpenAsync(oltp, target, table, keys, cancellationToken);
        var merge = new RowMerge(target.Description, expected, relations, budget);
        await merge.RunAsync(cancellationToken);
        return merge.Result;
    }
}

/// <summary>A target that the settings ask for.</summary>
/// <param name="Target">The warehouse table.</param>
/// <param name="Table">The source table.</param>
/// <param name="Known">The catalogue's target; null for a copy.</param>
/// <param name="State">What Load says about it; null if it doesn't know it.</param>
internal sealed record ListedTarget(TableName Target, SourceTable Table, ITarget? Known, TargetState? State)
{
    /// <summary>The target as the source's columns make it.</summary>
    /// <exception cref="PipelineException">The table can't be carried.</exception>
    public ITarget Resolve(SourceTable table)
    {
        if (Known is { }) return Known;
        var names = CopyKey(table);
        if (names.Count == 0) throw new PipelineException($"source table '{table.Name}' has no key");
        var key = names.Select(name => new KeyColumn(name, OrderOf(table.Columns.FirstOrDefault(column => column.Name == name))));
        return CopyTarget.Of(new SegmentsObject
        {
            Table = table.Name,
            Key = new TableKey(key),
            Columns = [.. table.Columns.Select(column => column.Column)],
            Segments = [new Segment()],
        });
    }

    /// <summary>The copy's key in the warehouse if the source has its columns, otherwise the source's own key.</summary>
    private IReadOnlyList<string> CopyKey(SourceTable table)
    {
        var known = State?.Description?.Key.Select(name => table.Columns.Any(column => column.Name == name) ? name : WithoutPrefix(name)).ToList() ?? [];
        return known.Count > 0 && known.TrueForAll(name => table.Columns.Any(column => column.Name == name)) ? known : Table.Key;
    }

    // A column with one of the pipeline's own names is carried under another name.
    private static string WithoutPrefix(string name) => name.StartsWith("source_", StringComparison.Ordinal) ? name["source_".Length..] : name;

    private static KeyOrder OrderOf(CatalogColumn? column) => column?.BaseType is "smallint" or "integer" or "bigint" ? KeyOrder.Number : KeyOrder.Text;
}
