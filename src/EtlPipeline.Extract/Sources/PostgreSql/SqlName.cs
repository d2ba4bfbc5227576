using EtlPipeline.Core.Lake;
using Npgsql;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>Names of the source as they stand in SQL, quoted by the driver.</summary>
internal static class SqlName
{
    private static readonly NpgsqlCommandBuilder Builder = new();

    public static string Of(string name) => Builder.QuoteIdentifier(name);

    public static string Of(string schema, TableName table) => $"{Of(schema)}.{Of(table.Value)}";
}
