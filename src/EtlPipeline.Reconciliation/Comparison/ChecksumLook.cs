using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Reconciliation.Source;
using EtlPipeline.Reconciliation.Warehouse;
using Npgsql;

namespace EtlPipeline.Reconciliation.Comparison;

/// <summary>
/// Compares a copy with its source by a checksum of every row, which each server computes over all columns as it prints them. No row passes
/// through this program. Rejected rows are left out on both sides.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="warehouse">The warehouse.</param>
/// <param name="listed">The copy.</param>
internal sealed class ChecksumLook(PostgreSqlDatabase source, PostgreSqlDatabase warehouse, ListedTarget listed) : ILook
{
    private const string ChecksumSql = "SELECT count(*), coalesce(sum(hashtextextended(ROW({columns})::text COLLATE \"C\", 0)), 0)::text FROM {table} WHERE NOT ({key} = ANY ($1::text[]))";

    // If a domain hides their type, such values are carried in the lake's form.
    private static readonly string[] RewrittenTypes = ["timestamp without time zone", "timestamp with time zone", "bytea"];

    public TableName Target => listed.Target;

    public TableName? Source => listed.Table.Name;

    public async Task<LookResult> RunAsync(IReadOnlyCollection<RowKey>? keys, KeyBudget budget, CancellationToken cancellationToken)
    {
        await using var oltp = await Snapshot.TakeAsync(source, cancellationToken);
        await using var loaded = await Snapshot.TakeAsync(warehouse, cancellationToken);
        if (await new SourceCatalog(oltp).FindAsync(listed.Table.Name, cancellationToken) is not { } table) return LookResult.Nothing($"the source has no table '{listed.Table.Name}'", budget);
        try
        {
            return await CompareAsync(oltp, loaded, table, budget, cancellationToken);
        }
        catch (PipelineException exception)
        {
            return LookResult.Nothing(exception.Message, budget);
        }
    }

    private async Task<LookResult> CompareAsync(Snapshot oltp, Snapshot loaded, SourceTable table, KeyBudget budget, CancellationToken cancellationToken)
    {
        var target = listed.Resolve(table);
        var copy = await new WarehouseCatalog(loaded).FindAsync(Target.Value, cancellationToken);
        if (!copy.Exists) return LookResult.Nothing("the warehouse has no such table yet", budget);
        var pairs = table.Columns.Zip(target.Description.Columns, (from, to) => (From: from, To: to, Column: copy.Find(to))).ToList();
        var compared = pairs.Where(pair => pair.Column is { } && !IsRewritten(pair.From)).ToList();
        var rejected = await ReadRejectedAsync(loaded, cancellationToken);
        var here = await SumAsync(oltp, table.Name.Value, compared.Select(pair => SqlIdentifier.Quote(pair.From.Name)), target.SourceKey, rejected, cancellationToken);
        var there = await SumAsync(
            loaded, Target.Value, compared.Select(pair => $"{SqlIdentifier.Quote(pair.Column!)}::{pair.To.Type}"), target.Description.Key, rejected, cancellationToken);
        var differences = new KeyDifferences(budget);
        if (here != there) differences.Add(new KeyDifference(null, here.Sum, [new RowDifference(DifferenceKind.Checksum, Target.Value, null, [])]));
        return new LookResult(differences)
        {
            EndedAt = await oltp.ReadClockAsync(cancellationToken),
            SourceRows = here.Rows,
            WarehouseRows = there.Rows,
            Rejected = rejected.Length,
            LeftOut = [.. pairs.Except(compared).Select(pair => pair.From.Name)],
        };
    }

    private static bool IsRewritten(CatalogColumn column) => column.Column.Type.Split('(')[0] != column.BaseType.Split('(')[0] && RewrittenTypes.Contains(column.BaseType) && !column.Column.Type.StartsWith("timestamp", StringComparison.Ordinal);

    private static string Key(IEnumerable<string> columns) => $"ARRAY[{string.Join(", ", columns.Select(column => $"{SqlIdentifier.Quote(column)}::text"))}]::text";

    private static async Task<(long Rows, string Sum)> SumAsync(
        Snapshot snapshot, string table, IEnumerable<string> columns, IEnumerable<string> key, string[] rejected, CancellationToken cancellationToken)
    {
        var sql = ChecksumSql
            .Replace("{columns}", string.Join(", ", columns), StringComparison.Ordinal)
            .Replace("{table}", SqlIdentifier.Quote(table), StringComparison.Ordinal)
            .Replace("{key}", Key(key), StringComparison.Ordinal);
        await using var reader = await snapshot.OpenAsync(sql, [SqlRunner.Parameter(rejected)], cancellationToken);
        try
        {
            await reader.ReadAsync(cancellationToken);
            return (long.Parse(reader.GetString(0), CultureInfo.InvariantCulture), reader.GetString(1));
        }
        catch (NpgsqlException exception)
        {
            throw snapshot.Database.Failure(exception);
        }
    }

    private async Task<string[]> ReadRejectedAsync(Snapshot loaded, CancellationToken cancellationToken)
    {
        if (await new WarehouseCatalog(loaded).FindAsync("etl_rejected", cancellationToken) is not { Exists: true }) return [];
        return [.. await loaded.QueryAsync(
            "SELECT key::text FROM etl_rejected WHERE target = $1 AND key[1] IS NOT NULL", [SqlRunner.Parameter(Target.Value)], reader => reader.GetString(0), cancellationToken)];
    }
}
