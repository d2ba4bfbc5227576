using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>The scripts of one version, with the target's names filled in, and the parameters that tell its range.</summary>
internal sealed class VersionSql
{
    private readonly TargetTables _tables;
    private readonly List<(string, string)> _names;
    private readonly List<NpgsqlParameter> _bounds = [];

    /// <summary>Prepares the scripts.</summary>
    /// <param name="tables">The target's tables.</param>
    /// <param name="range">The chunk's range; null for changes.</param>
    public VersionSql(TargetTables tables, KeyRange? range)
    {
        _tables = tables;
        var (columns, key) = (tables.Columns, tables.Key);
        _names =
        [
            ("history", tables.History.Sql), ("record_id", SqlIdentifier.Quote(tables.RecordId)), ("columns", SqlIdentifier.List(columns)), ("key", SqlIdentifier.List(key)),
            ("record_key_text", Texts("record", key)), ("staged_key_text", Texts("staged", key)), ("gone_key_text", Texts("gone", key)),
        ];
        foreach (var alias in (string[])["record", "staged", "member", "excluded", "gone"])
        {
            _names.Add(($"{alias}_columns", Aliased(alias, columns)));
            _names.Add(($"{alias}_key", Aliased(alias, key)));
        }

        var (from, to) = (range?.From, range?.To);
        _bounds.AddRange((from?.Values ?? []).Concat(to?.Values ?? []).Select(value => TargetState.Text(value)));
        RecordInRange = InRange(Records(), from, to);
        _names.Add(("record_in_range", RecordInRange));
        _names.Add(("entry_in_range", InRange(Entries(), from, to)));
    }

    /// <summary>That a record lies in the range, as the rest of a condition.</summary>
    public string RecordInRange { get; }

    /// <summary>A script; its parameter <c>$1</c> comes before those of the range.</summary>
    public string this[string script] => WarehouseSession.Script(script).With(_names);

    /// <summary>The parameters of a script that has <c>$1</c>, or a placeholder in its place, and the range.</summary>
    public NpgsqlParameter[] Parameters(NpgsqlParameter first) => [first, .. _bounds.Select(bound => bound.Clone())];

    /// <summary>A script with more names.</summary>
    public string With(string script, params IEnumerable<(string, string)> names) => WarehouseSession.Script(script).With(_names.Concat(names));

    /// <summary>Columns of an alias.</summary>
    public static string Aliased(string alias, IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"{alias}.{SqlIdentifier.Quote(column)}"));

    private static string Texts(string alias, IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"{alias}.{SqlIdentifier.Quote(column)}::text"));

    /// <summary>
    /// The key's columns as they are compared with a bound. An index is used only if the column isn't cast: numbers and uuids have the right
    /// order themselves, texts with the collation that Load gives them.
    /// </summary>
    private IReadOnlyList<(string Sql, string Type)> Records() =>
    [
        .. _tables.Description.TableKey.Columns.Select(column =>
        {
            var sql = $"record.{SqlIdentifier.Quote(column.Name)}";
            if (column.Order == KeyOrder.Number) return (sql, "bigint");
            return _tables.History.Find(column.Name)!.BaseType == "uuid" ? (sql, "uuid") : ($"{sql}::text COLLATE \"C\"", "text");
        }),
    ];

    private IReadOnlyList<(string Sql, string Type)> Entries() =>
    [
        .. _tables.Description.TableKey.Columns.Select((column, i) =>
            string.Create(CultureInfo.InvariantCulture, $"entry.key[{i + 1}]") is var sql && column.Order == KeyOrder.Number ? ($"{sql}::bigint", "bigint") : ($"{sql} COLLATE \"C\"", "text")),
    ];

    private static string InRange(IReadOnlyList<(string Sql, string Type)> columns, RowKey? from, RowKey? to) =>
        Bound(from, ">", columns, firstParameter: 2) + Bound(to, "<=", columns, firstParameter: 2 + (from?.Values.Count ?? 0));

    /// <summary>One end of a range. The first column is compared alone too, because a comparison of rows finds no index.</summary>
    private static string Bound(RowKey? bound, string comparison, IReadOnlyList<(string Sql, string Type)> columns, int firstParameter)
    {
        if (bound is null) return string.Empty;
        var values = columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"${firstParameter + i}::text::{column.Type}")).ToList();
        return columns.Count == 1
            ? $" AND {columns[0].Sql} {comparison} {values[0]}"
            : $" AND {columns[0].Sql} {comparison[0]}= {values[0]} AND ROW({string.Join(", ", columns.Select(column => column.Sql))}) {comparison} ROW({string.Join(", ", values)})";
    }
}
