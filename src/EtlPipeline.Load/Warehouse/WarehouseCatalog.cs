using EtlPipeline.Core.Lake;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>Asks the server what a table looks like. It is what decides; nothing here knows the tables by name.</summary>
internal sealed class WarehouseCatalog(WarehouseSession session)
{
    public async Task<TargetTable> DescribeAsync(TableName table, CancellationToken cancellationToken) => new()
    {
        Name = table,
        Columns = await session.QueryAsync(SqlScript.Read("describe_columns"), ReadColumn, cancellationToken, table.Value),
        ForeignKeys = await session.QueryAsync(SqlScript.Read("describe_foreign_keys"), ReadForeignKey, cancellationToken, table.Value),
    };

    private static TargetColumn ReadColumn(NpgsqlDataReader reader) => new()
    {
        Name = reader.GetString(0),
        Type = reader.GetString(1),
        Scale = reader.IsDBNull(2) ? null : reader.GetInt32(2),
        IsOptional = reader.GetBoolean(3),
        IsGenerated = reader.GetBoolean(4),
        IsPrimaryKey = reader.GetBoolean(5),
        IsUnique = reader.GetBoolean(6),
    };

    private static ForeignKey ReadForeignKey(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetFieldValue<string[]>(4));
}
