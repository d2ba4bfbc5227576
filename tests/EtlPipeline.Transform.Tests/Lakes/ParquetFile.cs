using DuckDB.NET.Data;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>A Parquet file as DuckDB sees it.</summary>
public sealed record ParquetFile(string FilePath)
{
    /// <summary>The rows in the file's order; values as text joined by <c>|</c>, a null as <c>NULL</c>.</summary>
    public string[] Rows() => Select("*");

    /// <summary>Some columns of the rows.</summary>
    public string[] Select(string columns) => Query($"SELECT {columns} FROM read_parquet('{FilePath}')");

    /// <summary>Names and types of the columns, such as <c>design_id INTEGER</c>.</summary>
    public string[] Types() => Query($"SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM read_parquet('{FilePath}'))");

    /// <summary>Names of the columns, with REQUIRED or OPTIONAL.</summary>
    public string[] Repetitions() =>
        Query($"SELECT name || ' ' || repetition_type FROM parquet_schema('{FilePath}') WHERE type IS NOT NULL");

    /// <summary>How many row groups there are.</summary>
    public string RowGroups() => Query($"SELECT num_row_groups FROM parquet_file_metadata('{FilePath}')").Single();

    private static string[] Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COLUMNS(*)::VARCHAR FROM ({sql})";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : reader.GetString(i))));
        }

        return [.. rows];
    }
}
