using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>The queries that count and read a relation's rows. Its key is compared in the order that <see cref="TableKey"/> has.</summary>
/// <param name="schema">The relation's schema.</param>
/// <param name="relation">The relation.</param>
/// <param name="point">The snapshot.</param>
/// <param name="values">Where the values go.</param>
internal sealed class RowQuery(string schema, SourceRelation relation, SnapshotPoint point, SqlValues values)
{
    private const uint Uuid = 2950;

    private readonly string _from = $"{SqlIdentifier.Quote(schema, relation.Table.Value)} AS r";

    /// <summary>Reads nothing: it only takes the relation's lock, where LOCK TABLE can't.</summary>
    public static string Touch(string schema, TableName table) => $"SELECT FROM {SqlIdentifier.Quote(schema, table.Value)} LIMIT 0";

    public string Content() => $"""
        SELECT count(*), coalesce(sum(hashtextextended((r.*)::text COLLATE "C", 0)), 0)::text
        FROM {_from}
        """;

    public string Count(KeyRange range, ChangedSince? since) => $"""
        SELECT count(*), coalesce(sum({Hash()}), 0)::text, count(*) FILTER (WHERE {IsChanged(since)}), {SeenAfter()}
        FROM {_from}
        WHERE {IsIn(range)}
        """;

    /// <summary>Counts by segments: their number is how many of the bounds are below the key, and a bound is itself a key.</summary>
    public string CountSegments(KeyRange range, IReadOnlyList<RowKey> bounds, ChangedSince? since) =>
        relation.Key.Columns.Count == 1 ? CountByBucket(range, bounds, since) : CountByOrder(range, bounds, since);

    public string Rows(RowSelection selection) => $"""
        SELECT {Offset()}, {Hash()}, {KeyTexts()}, {string.Join(", ", relation.Columns.Select(column => Name(column.Name.Value)))}
        FROM {_from}
        WHERE {IsIn(selection.Range)}{(selection.Changed is { } since ? $" AND {IsChanged(since)}" : null)}
        ORDER BY {string.Join(", ", relation.Key.Columns.Select(Ordered))}{(selection.Limit is { } limit ? $" LIMIT {limit.ToString(CultureInfo.InvariantCulture)}" : null)}
        """;

    private string CountByBucket(KeyRange range, IReadOnlyList<RowKey> bounds, ChangedSince? since)
    {
        var key = relation.Key.Columns[0];
        var bucket = key.Order == KeyOrder.Number
            ? $"width_bucket({Name(key.Name)}::bigint, {values.AddAll(AboveEach(bounds), "bigint")})"
            : $"width_bucket({Name(key.Name)}::text COLLATE \"C\", {values.AddAll(bounds.Select(bound => bound.Values[0] + '\u0001'), "text")})";
        return $"""
            SELECT {bucket}, count(*), coalesce(sum({Hash()}), 0)::text, count(*) FILTER (WHERE {IsChanged(since)})
            FROM {_from}
            WHERE {IsIn(range)}
            GROUP BY 1
            """;
    }

    /// <summary>width_bucket counts the bounds that are not above the key, so each is moved up by one; above the highest number is nothing.</summary>
    private static IEnumerable<string> AboveEach(IReadOnlyList<RowKey> bounds) => bounds
        .Select(bound => long.Parse(bound.Values[0], CultureInfo.InvariantCulture))
        .Where(bound => bound < long.MaxValue)
        .Select(bound => (bound + 1).ToString(CultureInfo.InvariantCulture));

    /// <summary>Records have no buckets in their columns' own orders: bounds and keys are sorted together, and the bounds before a key counted.</summary>
    private string CountByOrder(KeyRange range, IReadOnlyList<RowKey> bounds, ChangedSince? since)
    {
        var columns = relation.Key.Columns;
        var names = string.Join(", ", columns.Select((_, i) => $"k{i}"));
        var order = string.Join(", ", columns.Select((column, i) => column.Order == KeyOrder.Number ? $"k{i}" : $"k{i} COLLATE \"C\""));
        var arrays = string.Join(", ", columns.Select((column, i) =>
            values.AddAll(bounds.Select(bound => bound.Values[i]), column.Order == KeyOrder.Number ? "bigint" : "text")));
        return $"""
            SELECT below, count(*), coalesce(sum(hash), 0)::text, count(*) FILTER (WHERE is_changed)
            FROM (
                SELECT is_bound, hash, is_changed, count(*) FILTER (WHERE is_bound) OVER (ORDER BY {order}, is_bound ROWS UNBOUNDED PRECEDING)::int AS below
                FROM (
                    SELECT {string.Join(", ", columns.Select((column, i) => $"{KeyText(column)} AS k{i}"))}, {Hash()} AS hash, {IsChanged(since)} AS is_changed, false AS is_bound
                    FROM {_from}
                    WHERE {IsIn(range)}
                    UNION ALL
                    SELECT {names}, 0, false, true
                    FROM unnest({arrays}) AS bound ({names})
                ) AS sorted
            ) AS counted
            WHERE NOT is_bound
            GROUP BY below
            """;
    }

    private string IsIn(KeyRange range)
    {
        var conditions = new List<string>(2);
        if (range.From is { } from) conditions.Add(Compare(">", from));
        if (range.To is { } to) conditions.Add(Compare("<=", to));
        return conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
    }

    /// <summary>A comparison of rows uses an index only if the first column is compared by itself too.</summary>
    private string Compare(string comparison, RowKey key)
    {
        var columns = relation.Key.Columns;
        var parameters = columns.Select((column, i) => values.Add(key.Values[i], TypeOf(column))).ToList();
        if (columns.Count == 1) return $"{Ordered(columns[0])} {comparison} {parameters[0]}";
        return $"{Ordered(columns[0])} {comparison[0]}= {parameters[0]} AND ROW({string.Join(", ", columns.Select(Ordered))}) {comparison} ROW({string.Join(", ", parameters)})";
    }

    /// <summary>
    /// age() counts from one base all through a transaction, and is negative for a row that more than 2^31 transactions came after. So the
    /// difference of two ages is how far apart the transactions are, which is where the bitmap of the seen ones has its bit.
    /// </summary>
    private string IsChanged(ChangedSince? since)
    {
        if (since is null) return "false";
        var oldest = $"(SELECT age({values.Add(Text(since.Xmin), "xid8")}::xid))";
        var bits = since.Seen.Bits.Length * 8;
        if (bits == 0) return $"age(r.xmin) BETWEEN 0 AND {oldest}";
        var seen = values.Add($@"\x{Convert.ToHexStringLower(since.Seen.Bits.Span)}", "bytea");
        return $"""
            CASE WHEN age(r.xmin) BETWEEN 0 AND {oldest} THEN
                CASE WHEN {oldest} - age(r.xmin) < {bits.ToString(CultureInfo.InvariantCulture)}
                     THEN get_bit((SELECT {seen}), {oldest} - age(r.xmin)) = 0 ELSE true END
            ELSE false END
            """;
    }

    /// <summary>If no transaction was in flight, no visible row has one from xmin on.</summary>
    private string Offset() => point.Xmin == point.Xmax || !relation.HasTransactionIds ? "NULL::int" : $"CASE WHEN {IsRecent()} THEN {Age()} - age(r.xmin) END";

    private string SeenAfter() => point.Xmin == point.Xmax ? "NULL::int[]" : $"array_agg(DISTINCT {Age()} - age(r.xmin)) FILTER (WHERE {IsRecent()})";

    private string IsRecent() => $"age(r.xmin) BETWEEN 0 AND {Age()}";

    private string Age() => $"(SELECT age({values.Add(Text(point.Xmin), "xid8")}::xid))";

    /// <summary>The hash that segments sum up. Without the seed, hashint8extended would fold 2^32 onto 1.</summary>
    private string Hash() => relation.Key.Columns.Aggregate("0", (seed, column) => column.Order == KeyOrder.Number
        ? $"hashint8extended({Name(column.Name)}::bigint, {seed} # {Name(column.Name)}::bigint)"
        : $"hashtextextended({Name(column.Name)}::text COLLATE \"C\", {seed})");

    private string KeyTexts() => string.Join(", ", relation.Key.Columns.Select(KeyText));

    private string KeyText(KeyColumn column) => column.Order == KeyOrder.Number ? $"{Name(column.Name)}::bigint" : $"{Name(column.Name)}::text";

    /// <summary>The column as it is compared: its own index orders a uuid as its text is ordered.</summary>
    private string Ordered(KeyColumn column) =>
        column.Order == KeyOrder.Number || IsUuid(column) ? Name(column.Name) : $"({Name(column.Name)}::text COLLATE \"C\")";

    private string TypeOf(KeyColumn column) => column.Order == KeyOrder.Number ? "bigint" : IsUuid(column) ? "uuid" : "text";

    private bool IsUuid(KeyColumn column) => relation.Columns.First(candidate => candidate.Name.Value == column.Name).Type == Uuid;

    private static string Name(string column) => $"r.{SqlIdentifier.Quote(column)}";

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
