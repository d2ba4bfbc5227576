using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Targets;
using Npgsql;

namespace EtlPipeline.Local.SetUp;

/// <summary>Checks that Extract can read the tables that the settings list: rights, keys, the order of keys, and columns that targets need.</summary>
/// <param name="source">How the source is reached.</param>
/// <param name="tables">The list.</param>
/// <param name="targets">The targets, without those of tables that are carried as they are.</param>
internal sealed class SourceCheck(DatabaseSettings source, TableList tables, TargetList targets)
{
    private const long ManyRows = 100_000;

    private static readonly string Query = SqlScript.Read(typeof(SourceCheck).Assembly, "source_tables.sql").Text;

    public async Task<IReadOnlyList<Finding>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var relations = await connection.QueryAsync(Query, [SqlRunner.Parameter(source.Schema)], Relation.Read, cancellationToken);
        var hasSchema = (await connection.QueryAsync(
            "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1 AND has_schema_privilege(oid, 'USAGE'))", [SqlRunner.Parameter(source.Schema)], row => row.GetBoolean(0), cancellationToken))[0];
        if (!hasSchema)
            return [Finding.Fault($"schema {source.Schema}", "it isn't there, or the role may not use it", $"GRANT USAGE ON SCHEMA {SqlIdentifier.Quote(source.Schema)} TO {SqlIdentifier.Quote(source.User)};")];
        return [.. Listed(relations).SelectMany(listed => Look(listed, relations.FirstOrDefault(relation => relation.Name == listed.Name.Value))), .. Unnamable(relations)];
    }

    private IEnumerable<Finding> Unnamable(IReadOnlyList<Relation> relations) =>
        from relation in relations
        where tables.IsAll && relation.Kind is ("r" or "p") && !TableName.TryParse(relation.Name, out _)
        select Finding.Advice($"table {relation.Name}", "it is left out", CopyTarget.WhyUnnamable(relation.Name));

    private IEnumerable<ListedTable> Listed(IReadOnlyList<Relation> relations)
    {
        var all = tables.IsAll ? relations.Where(relation => relation.Kind is "r" or "p" && TableName.TryParse(relation.Name, out _)).Select(relation => new ListedTable(TableName.Parse(relation.Name), [])) : [];
        return tables.Tables.Concat(all.Where(table => !tables.Excluded.Contains(table.Name))).DistinctBy(table => table.Name);
    }

    private List<Finding> Look(ListedTable listed, Relation? relation)
    {
        var subject = $"table {listed.Name}";
        if (relation is null) return [Finding.Fault(subject, "it isn't there", "Remove it from AWS_TABLES_LIST, or correct its name.")];
        var faults = Faults(listed, relation, subject).ToList();
        return faults.Count > 0 ? faults : [Finding.Fine(subject, $"key {string.Join(", ", KeyOf(listed, relation))}, {Describe(relation)}{CarriedAs(listed.Name)}")];
    }

    private IEnumerable<Finding> Faults(ListedTable listed, Relation relation, string subject)
    {
        var name = SqlIdentifier.Quote(source.Schema, relation.Name);
        var role = SqlIdentifier.Quote(source.User);
        if (!relation.CanRead) yield return Finding.Fault(subject, "the role may not read it", $"GRANT SELECT ON {name} TO {role};");
        if (relation.HidesRows) yield return Finding.Fault(subject, "row-level security hides rows from the role", $"ALTER ROLE {role} BYPASSRLS;");
        if (targets.OfSource(listed.Name).Count == 0 && !CopyTarget.TryNameOf(listed.Name, out _)) yield return TooLong(listed.Name, subject, tables.Tables.Contains(listed));
        var key = KeyOf(listed, relation);
        if (key.Count == 0) yield return MissingKey(relation, name, subject, tables.Tables.Any(table => table.Name == listed.Name));
        foreach (var target in targets.OfSource(listed.Name))
        {
            foreach (var column in target.SourceKey.Where(column => !relation.Columns.Contains(column)))
                yield return Finding.Fault(subject, $"it has no column '{column}', which {target.Description.Name} needs", $"If this isn't the target's table, carry it as it is: AWS_TABLES_COPIED={listed.Name}, or * for all. Otherwise change the target's file.");
        }

        if (relation is { HasSlowKey: true, Rows: > ManyRows })
            yield return Finding.Advice(subject, $"its text key of about {relation.Rows} rows has no index in the order that Extract reads in", $"CREATE INDEX CONCURRENTLY ON {name} ({string.Join(", ", key.Select(column => $"{SqlIdentifier.Quote(column)} COLLATE \"C\""))});");
    }

    /// <summary>A table without a key that <c>*</c> would take is left out; the others are carried.</summary>
    private static Finding MissingKey(Relation relation, string name, string subject, bool isNamed) => relation.Kind is "r" or "p"
        ? isNamed
            ? Finding.Fault(subject, "it has neither a primary key nor a unique index over columns that are NOT NULL", $"ALTER TABLE {name} ADD PRIMARY KEY (…);\nor remove it from AWS_TABLES_LIST")
            : Finding.Advice(subject, "it is left out because it has neither a primary key nor a unique index over columns that are NOT NULL", $"ALTER TABLE {name} ADD PRIMARY KEY (…);\nor exclude it: AWS_TABLES_LIST=*, !{relation.Name}")
        : Finding.Fault(subject, "it is a view or foreign table, whose key isn't known", $"Write its key in AWS_TABLES_LIST: {relation.Name}(column, …)");

    private static Finding TooLong(TableName table, string subject, bool isNamed) => isNamed
        ? Finding.Fault(subject, "its name is too long", CopyTarget.WhyTooLong(table))
        : Finding.Advice(subject, "it is left out, for its name is too long", CopyTarget.WhyTooLong(table));

    private IReadOnlyList<string> KeyOf(ListedTable listed, Relation relation)
    {
        if (listed.Key.Count > 0) return listed.Key;
        return relation.Key.Count > 0 ? relation.Key : targets.OfSource(listed.Name) is [var target, ..] && relation.Kind is not ("r" or "p") ? target.SourceKey : [];
    }

    /// <summary>Who has added a target's file has to learn here why nothing comes of it.</summary>
    private string CarriedAs(TableName table) => targets.OfSource(table).Count == 0 && TargetCatalogue.OfSource(table) is [var target, ..]
        ? $"; AWS_TABLES_COPIED says that it is carried as {CopyTarget.NameOf(table)}, and not as {target.Description.Name}"
        : string.Empty;

    private static string Describe(Relation relation) => relation.Rows < 0 ? "never analysed" : $"about {relation.Rows} rows";

    /// <summary>A relation of the schema.</summary>
    private sealed record Relation(string Name, string Kind, bool CanRead, bool HidesRows, long Rows, IReadOnlyList<string> Key, bool HasSlowKey, IReadOnlyList<string> Columns)
    {
        public static Relation Read(NpgsqlDataReader row) => new(
            row.GetString(0),
            row.GetChar(1).ToString(),
            row.GetBoolean(2),
            row.GetBoolean(3),
            row.GetInt64(4),
            row.GetFieldValue<string[]>(5),
            row.GetBoolean(6),
            row.GetFieldValue<string[]>(7));
    }
}
