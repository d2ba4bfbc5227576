using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using Npgsql;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>
/// The forms of relations, from the server's catalog. They are read once for all tables: throughout a snapshot the catalog stays as it is,
/// and a cold start has no time for three queries a table.
/// </summary>
internal sealed class RelationCatalog(NpgsqlConnection connection, string schema, IReadOnlyList<TableName> tables)
{
    private Dictionary<TableName, CatalogRelation>? _relations;
    private ILookup<uint, CatalogColumn>? _columns;
    private Dictionary<uint, string>? _shapes;

    /// <summary>What the catalog says of a table; null where there is none of the name.</summary>
    public async Task<CatalogRelation?> FindAsync(TableName table, CancellationToken cancellationToken)
    {
        _relations ??= await ReadRelationsAsync(cancellationToken);
        return _relations.GetValueOrDefault(table);
    }

    /// <summary>The form of a relation that was found.</summary>
    /// <exception cref="PipelineException">It has no key.</exception>
    public async Task<SourceRelation> DescribeAsync(TableName table, CancellationToken cancellationToken)
    {
        var found = _relations![table];
        _columns ??= await ReadColumnsAsync(cancellationToken);
        _shapes ??= await ReadShapesAsync(cancellationToken);
        var columns = _columns[found.Oid].ToList();
        return new SourceRelation
        {
            Table = table,
            Columns = [.. columns.Select(column => new SourceColumn(column.Name, column.Format))],
            Key = found.IsTable ? PrimaryKey(table, columns) : KeyByName(table, columns),
            Shape = _shapes[found.Oid],
            HasTransactionIds = found is { IsTable: true, HasForeignParts: false },
        };
    }

    private static int[] PrimaryKey(TableName table, List<CatalogColumn> columns)
    {
        var key = columns.Where(column => column.KeyPosition is { }).OrderBy(column => column.KeyPosition).Select(column => columns.IndexOf(column)).ToArray();
        return key.Length > 0 ? key : throw new PipelineException($"Table '{table}' has no primary key; its rows can't be told apart without one");
    }

    private static int[] KeyByName(TableName table, List<CatalogColumn> columns)
    {
        var name = $"{table}_id";
        var position = columns.FindIndex(column => column.Name.Value == name);
        return position >= 0
            ? [position]
            : throw new PipelineException($"'{table}' is no table but a view or foreign table, and has no column '{name}' that could be its key");
    }

    private async Task<Dictionary<TableName, CatalogRelation>> ReadRelationsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlResource.Relations, connection)
        {
            Parameters = { new() { Value = schema }, new() { Value = tables.Select(table => table.Value).ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var relations = new Dictionary<TableName, CatalogRelation>();
        while (await reader.ReadAsync(cancellationToken))
        {
            relations[TableName.Parse(reader.GetString(0))] = new CatalogRelation(
                reader.GetFieldValue<uint>(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4));
        }

        return relations;
    }

    private async Task<ILookup<uint, CatalogColumn>> ReadColumnsAsync(CancellationToken cancellationToken)
    {
        await using var command = OfRelations(SqlResource.Columns);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<(uint Relation, CatalogColumn Column)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add((reader.GetFieldValue<uint>(0), new CatalogColumn(
                new ColumnName(reader.GetString(1)),
                ColumnFormats.OfType(reader.GetFieldValue<uint>(2)),
                await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetInt64(3))));
        }

        return columns.ToLookup(column => column.Relation, column => column.Column);
    }

    private async Task<Dictionary<uint, string>> ReadShapesAsync(CancellationToken cancellationToken)
    {
        await using var command = OfRelations(SqlResource.Shapes);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var shapes = new Dictionary<uint, string>();
        while (await reader.ReadAsync(cancellationToken)) shapes.Add(reader.GetFieldValue<uint>(0), Hash(reader.GetString(1)));
        return shapes;
    }

    private static string Hash(string shape) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shape)).AsSpan(0, 16));

    private NpgsqlCommand OfRelations(string sql) => new(sql, connection)
    {
        Parameters = { new() { Value = _relations!.Values.Select(relation => relation.Oid).ToArray(), DataTypeName = "oid[]" } },
    };
}
