using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Rows;
using EtlPipeline.Core.Settings;
using EtlPipeline.Targets;
using Npgsql;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>
/// The forms of relations, from the server's catalog. They are read once for all tables: throughout a snapshot the catalog stays as it is,
/// and a cold start has no time for four queries a table.
/// </summary>
/// <param name="connection">The session.</param>
/// <param name="schema">The relations' schema.</param>
/// <param name="tables">The relations.</param>
/// <param name="locks">Which of them the session has locked.</param>
internal sealed class RelationCatalog(NpgsqlConnection connection, string schema, IReadOnlyList<TableName> tables, TableLocks locks)
{
    private const uint Uuid = 2950;

    private Dictionary<TableName, CatalogRelation>? _relations;
    private ILookup<uint, CatalogColumn>? _columns;
    private ILookup<uint, string[]>? _keys;
    private Dictionary<uint, string>? _shapes;

    /// <summary>What the catalog says of a table; null if there is none of the name.</summary>
    public async Task<CatalogRelation?> FindAsync(TableName table, CancellationToken cancellationToken)
    {
        _relations ??= (await connection.QueryAsync(
            SqlFile.Relations,
            [SqlRunner.Parameter(schema), Names(name => locks.FindFault(name) is null), Names(locks.IsLocked)],
            CatalogRelation.Read,
            cancellationToken)).ToDictionary(relation => relation.Name);
        return _relations.GetValueOrDefault(table);
    }

    private NpgsqlParameter<string[]> Names(Func<TableName, bool> areMeant) => SqlRunner.Parameter(tables.Where(areMeant).Select(name => name.Value).ToArray());

    /// <summary>The form of a relation that was found.</summary>
    /// <exception cref="PipelineException">It has no key, or a column that can't be followed.</exception>
    public async Task<SourceRelation> DescribeAsync(ListedTable table, CancellationToken cancellationToken)
    {
        var found = _relations![table.Name];
        await ReadRestAsync(cancellationToken);
        var columns = _columns![found.Oid].ToList();
        if (columns.Find(column => column.RenamedType is { }) is { } renamed)
            throw new PipelineException(
                $"Table '{table.Name}': column '{renamed.Name}' has the type {renamed.RenamedType}, whose values are printed as names that change without a "
                + "trace in the rows; ingest a view that casts it to oid instead");
        var key = KeyOf(table, found, columns);
        var first = columns.Find(column => column.Name == key.Columns[0].Name)!;
        return new SourceRelation
        {
            Table = table.Name,
            Columns = [.. columns.Select(column => column.ToRelationColumn())],
            Key = key,
            Shape = _shapes![found.Oid],
            Comment = found.Comment,
            Size = found.Size,
            HasTransactionIds = found is { IsTable: true, HasForeignParts: false },
            IsKeyGuarded = found.IsTable && !(found.HasChildren && !found.IsPartitioned),
            IsIndexed = found.IsTable && (key.Columns[0].Order == KeyOrder.Number || first.Type == Uuid),
        };
    }

    private TableKey KeyOf(ListedTable table, CatalogRelation found, List<CatalogColumn> columns)
    {
        var choice = new KeyChoice(table, found.IsTable, [.. _keys![found.Oid]], TargetCatalogue.SourceKeyOf(table.Name));
        return new TableKey(choice.Find().Select(name => columns.Find(column => column.Name == name)?.ToKeyColumn()
            ?? throw new PipelineException($"'{table.Name}' has no column '{name}', which is to be its key; name its key in AWS_TABLES_LIST: {table.Name}(column, …)")));
    }

    private async Task ReadRestAsync(CancellationToken cancellationToken)
    {
        if (_shapes is { }) return;
        NpgsqlParameter Oids() => new() { Value = _relations!.Values.Select(relation => relation.Oid).ToArray(), DataTypeName = "oid[]" };
        _columns = (await connection.QueryAsync(SqlFile.Columns, [Oids()], CatalogColumn.Read, cancellationToken)).ToLookup(column => column.Relation);
        _keys = (await connection.QueryAsync(SqlFile.Keys, [Oids()], row => (Relation: row.GetFieldValue<uint>(0), Key: row.GetFieldValue<string[]>(1)), cancellationToken))
            .ToLookup(key => key.Relation, key => key.Key);
        _shapes = (await connection.QueryAsync(SqlFile.Shapes, [Oids()], row => (Relation: row.GetFieldValue<uint>(0), Shape: row.GetString(1)), cancellationToken))
            .ToDictionary(shape => shape.Relation, shape => Hash(shape.Shape));
    }

    private static string Hash(string shape) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shape)).AsSpan(0, 16));
}

/// <summary>What the catalog says of a relation.</summary>
internal sealed record CatalogRelation(
    TableName Name, uint Oid, string Kind, bool IsReadable, bool HasForeignParts, bool HasChildren, long? Size, string? Comment)
{
    public bool IsPartitioned => Kind == "p";

    public bool IsTable => Kind is "r" or "p";

    /// <summary>Whether it can be locked, and so has to be: foreign tables and materialized views can't.</summary>
    public bool IsLockable => IsTable || Kind == "v";

    /// <summary>Whether it has rows; indexes, sequences and composite types have names too.</summary>
    public bool HasRows => IsLockable || Kind is "m" or "f";

    public static CatalogRelation Read(NpgsqlDataReader row) => new(
        TableName.Parse(row.GetString(0)),
        row.GetFieldValue<uint>(1),
        row.GetString(2),
        row.GetBoolean(3),
        row.GetBoolean(4),
        row.GetBoolean(5),
        row.IsDBNull(6) ? null : row.GetInt64(6),
        row.IsDBNull(7) ? null : row.GetString(7));
}

/// <summary>What the catalog says of a column. The oids of built-in types never change (PostgreSQL, <i>pg_type.dat</i>).</summary>
internal sealed record CatalogColumn(uint Relation, string Name, uint Type, string TypeName, bool IsRequired, string? Comment, string? RenamedType)
{
    public static CatalogColumn Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0),
        row.GetString(2),
        row.GetFieldValue<uint>(3),
        row.GetString(4),
        row.GetBoolean(5),
        row.IsDBNull(6) ? null : row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7));

    public RelationColumn ToRelationColumn() =>
        new(new SourceColumn(Name, TypeName, IsRequired, Comment), new ColumnName(Name), FormatOf(Type), Type);

    public KeyColumn ToKeyColumn() => new(Name, Type is 20 or 21 or 23 ? KeyOrder.Number : KeyOrder.Text);

    private static ColumnFormat FormatOf(uint type) => type switch
    {
        16 => ColumnFormat.Boolean,
        17 => ColumnFormat.Binary,
        20 or 21 or 23 or 700 or 701 or 1700 => ColumnFormat.Number,
        1114 => ColumnFormat.Timestamp,
        1184 => ColumnFormat.TimestampWithTimeZone,
        _ => ColumnFormat.Text,
    };
}
