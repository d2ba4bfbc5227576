using EtlPipeline.SampleData.Tables;
using Npgsql;

namespace EtlPipeline.SampleData.Databases;

/// <summary>Names in SQL, quoted by the driver.</summary>
internal static class Identifier
{
    private static readonly NpgsqlCommandBuilder Builder = new();

    public static string Quote(string name) => Builder.QuoteIdentifier(name);

    public static string List(IEnumerable<TotesysColumn> columns) => string.Join(", ", columns.Select(column => Quote(column.Name)));
}
