using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Failures;
using EtlPipeline.Core.Rows;
using EtlPipeline.Core.Tables;
using Npgsql;
using NpgsqlTypes;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>Reads the forms of relations from the server's catalog.</summary>
internal sealed class RelationCatalog(NpgsqlConnection connection, string schema)
{
    /// <summary>What the catalog says of a table; null where there is none of the name.</summary>
    public async Task<CatalogRelation?> FindAsync(TableName table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlResource.Relation, connection)
        {
            Parameters = { new() { Value = schema }, new() { Value = table.Value } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new CatalogRelation(reader.GetFieldValue<uint>(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3))
            : null;
    }

    /// <summary>The form of a relation that is there.</summary>
    /// <exception cref="PipelineException">It has no key.</exception>
    public async Task<SourceRelation> DescribeAsync(TableName table, CatalogRelation found, CancellationToken cancellationToken)
    {
        var columns = new List<SourceColumn>();
        var key = new SortedDictionary<long, int>();
        await using (var command = OfRelation(SqlResource.Columns, found))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!await reader.IsDBNullAsync(2, cancellationToken)) key.Add(reader.GetInt64(2), columns.Count);
                columns.Add(new SourceColumn(new ColumnName(reader.GetString(0)), ColumnFormats.OfType(reader.GetFieldValue<uint>(1))));
            }
        }

        return new SourceRelation
        {
            Table = table,
            Columns = columns,
            Key = found.IsTable ? PrimaryKey(table, [.. key.Values]) : KeyByName(table, columns),
            Shape = await HashShapeAsync(found, cancellationToken),
            HasTransactionIds = found is { IsTable: true, HasForeignParts: false },
        };
    }

    private static int[] PrimaryKey(TableName table, int[] key) =>
        key.Length > 0 ? key : throw new PipelineException($"Table '{table}' has no primary key; its rows can't be told apart without one");

    private static int[] KeyByName(TableName table, List<SourceColumn> columns)
    {
        var name = $"{table}_id";
        var position = columns.FindIndex(column => column.Name.Value == name);
        return position >= 0
            ? [position]
            : throw new PipelineException($"'{table}' is no table but a view or foreign table, and has no column '{name}' that could be its key");
    }

    private async Task<string> HashShapeAsync(CatalogRelation found, CancellationToken cancellationToken)
    {
        await using var command = OfRelation(SqlResource.Shape, found);
        var text = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private NpgsqlCommand OfRelation(string sql, CatalogRelation relation) => new(sql, connection)
    {
        Parameters = { new() { Value = relation.Oid, NpgsqlDbType = NpgsqlDbType.Oid } },
    };
}
