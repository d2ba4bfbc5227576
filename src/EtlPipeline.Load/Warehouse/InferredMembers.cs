using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Staging;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>A column that holds the key of a dimension's member.</summary>
/// <param name="Column">The column.</param>
/// <param name="Dimension">The dimension.</param>
/// <param name="DimensionKey">The dimension's column that it refers to.</param>
internal sealed record Reference(string Column, string Dimension, string DimensionKey);

/// <summary>
/// Members that rows refer to and that haven't arrived yet. What is known of them, their key, is inserted, and overwritten when they come; so
/// foreign keys hold in any order of events.
/// </summary>
internal sealed class InferredMembers(WarehouseSession session)
{
    private const string Calendar = "dim_date";

    // What a day is, by the names that columns of a calendar may have. Monday is day 1.
    private static readonly Dictionary<string, string> Day = new(StringComparer.Ordinal)
    {
        ["year"] = "extract(year FROM day.id)::integer",
        ["month"] = "extract(month FROM day.id)::integer",
        ["day"] = "extract(day FROM day.id)::integer",
        ["day_of_week"] = "extract(isodow FROM day.id)::integer",
        ["day_name"] = "to_char(day.id, 'FMDay')",
        ["month_name"] = "to_char(day.id, 'FMMonth')",
        ["quarter"] = "extract(quarter FROM day.id)::integer",
        ["year_month"] = "to_char(day.id, 'YYYY-MM')",
        ["iso_week"] = "extract(week FROM day.id)::integer",
        ["is_weekend"] = "extract(isodow FROM day.id) > 5",
    };

    /// <summary>Inserts what the rows of the version at hand refer to.</summary>
    public Task InsertAsync(IEnumerable<ReferencedKeys> keys) => InsertAsync(
        keys.Where(keys => !keys.AreNone), keys => keys.Reference, (keys, key, i) => keys.Select(key.Type, i + 1), keys => keys.Parameter());

    /// <summary>Inserts what any record of a table refers to.</summary>
    public Task InsertForAllAsync(IEnumerable<Reference> references, WarehouseTable table) => InsertAsync(
        references, reference => reference,
        (reference, key, _) => $"SELECT CAST({SqlIdentifier.Quote(reference.Column)} AS {key.Type}) FROM {table.Sql} WHERE {SqlIdentifier.Quote(reference.Column)} IS NOT NULL");

    private async Task InsertAsync<T>(
        IEnumerable<T> needed, Func<T, Reference> referenceOf, Func<T, WarehouseColumn, int, string> select, Func<T, NpgsqlParameter>? parameterOf = null)
    {
        var dimensions = needed.GroupBy(one => (referenceOf(one).Dimension, referenceOf(one).DimensionKey)).ToList();
        if (dimensions.Count == 0) return;
        var tables = await WarehouseTable.FindAsync(session, dimensions.Select(dimension => dimension.Key.Dimension));
        foreach (var dimension in dimensions)
        {
            if (tables.GetValueOrDefault(dimension.Key.Dimension) is not { } table || table.Find(dimension.Key.DimensionKey) is not { } key) continue;
            var sql = string.Join(" UNION ", dimension.Select((one, i) => select(one, key, i)));
            await InsertAsync(table, key, sql, () => parameterOf is null ? [] : [.. dimension.Select(parameterOf)]);
        }
    }

    private async Task InsertAsync(WarehouseTable dimension, WarehouseColumn key, string needed, Func<NpgsqlParameter[]> parameters)
    {
        var name = SqlIdentifier.Quote(key.Name);
        var isMissing = await session.ReadAsync<bool>($"SELECT EXISTS (SELECT FROM ({needed}) AS n (id) WHERE NOT EXISTS (SELECT FROM {dimension.Sql} AS member WHERE member.{name} = n.id))", parameters());
        if (!isMissing) return;
        if (dimension.Name == Calendar && key.BaseType == "date")
        {
            var known = dimension.Columns.Where(column => column.Name != key.Name && !column.IsGenerated && (Day.ContainsKey(column.Name) || column.NeedsValue)).ToList();
            await session.ExecuteAsync(WarehouseSession.Script("infer_dates").With(
                ("dimension", dimension.Sql), ("key", name), ("needed", needed),
                ("columns", SqlIdentifier.List(known.Select(column => column.Name).Prepend(key.Name))),
                ("values", string.Join(", ", known.Select(column => Day.GetValueOrDefault(column.Name, column.Unknown)).Prepend("day.id")))), parameters());
            return;
        }

        var required = dimension.Columns.Where(column => column.Name != key.Name && column.NeedsValue).ToList();
        await session.ExecuteAsync(
            $"INSERT INTO {dimension.Sql} ({SqlIdentifier.List(required.Select(column => column.Name).Prepend(key.Name))}) "
            + $"SELECT {string.Join(", ", required.Select(column => column.Unknown).Prepend("n.id"))} FROM ({needed}) AS n (id) "
            + $"WHERE NOT EXISTS (SELECT FROM {dimension.Sql} AS member WHERE member.{name} = n.id) ON CONFLICT DO NOTHING", parameters());
    }
}
