using DuckDB.NET.Data;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>A Parquet file as DuckDB sees it.</summary>
public sealed record ParquetFile(string FilePath)
{
    /// <summary>The good rows in the file's order; values as text joined by <c>|</c>, a null as <c>NULL</c>.</summary>
    public string[] Rows() => Query($"SELECT * EXCLUDE (rejected) FROM read_parquet('{FilePath}') WHERE rejected IS NULL");

    /// <summary>Some columns of all rows.</summary>
    public string[] Select(string columns) => Query($"SELECT {columns} FROM read_parquet('{FilePath}')");

    /// <summary>Names and types of the columns, such as <c>design_id INTEGER</c>.</summary>
    public string[] Types() => Query($"SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM read_parquet('{FilePath}'))");

    /// <summary>How many row groups there are.</summary>
    public int RowGroups() => int.Parse(Query($"SELECT num_row_groups FROM parquet_file_metadata('{FilePath}')").Single(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A value of the file's own metadata; null if it isn't there.</summary>
    public string? Metadata(string key) => Query($"SELECT decode(value) FROM parquet_kv_metadata('{FilePath}') WHERE decode(key) = '{key}'").SingleOrDefault();

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
