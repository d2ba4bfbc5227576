using System.Globalization;
using DuckDB.NET.Data;

namespace EtlPipeline.Load.Parquet;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as DuckDB names it, such as <c>DECIMAL(10,2)</c>.</param>
internal sealed record ParquetColumn(string Name, string Type)
{
    /// <summary>Digits in all and after the point, if the type is a DECIMAL.</summary>
    public (int Precision, int Scale)? Decimal =>
        Type.StartsWith("DECIMAL(", StringComparison.Ordinal) && Type[8..^1].Split(',') is [var precision, var scale]
            ? (int.Parse(precision, CultureInfo.InvariantCulture), int.Parse(scale, CultureInfo.InvariantCulture))
            : null;
}

/// <summary>An open Parquet file; the file itself is deleted when disposed.</summary>
internal sealed class ParquetFile : IDisposable
{
    private readonly DuckDBConnection _connection;
    private readonly string _path;

    internal ParquetFile(DuckDBConnection connection, string path)
    {
        (_connection, _path) = (connection, path);
        Columns = Read($"DESCRIBE SELECT * FROM read_parquet({Literal(path)})", reader => new ParquetColumn(reader.GetString(0), reader.GetString(1)));
        Rows = Read($"SELECT num_rows FROM parquet_file_metadata({Literal(path)})", reader => reader.GetInt64(0)).Single();
        Metadata = Read($"SELECT decode(key), decode(value) FROM parquet_kv_metadata({Literal(path)})", reader => (Key: reader.GetString(0), Value: reader.GetString(1)))
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>The columns, in the file's order.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    /// <summary>How many rows the file says that it has.</summary>
    public long Rows { get; }

    /// <summary>The file's key-value metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>How long the file is, in bytes.</summary>
    public long PackedSize => new FileInfo(_path).Length;

    /// <summary>Goes through the rows of some columns, in the file's order, a few thousand at a time.</summary>
    /// <exception cref="DamagedParquetException">They can't be read.</exception>
    public ParquetChunks ReadChunks(IReadOnlyList<ParquetColumn> columns, long? mostBytes = null) => new(
        _connection.NativeConnection,
        $"SELECT {string.Join(", ", columns.Select(column => Identifier(column.Name)))} FROM read_parquet({Literal(_path)})",
        Rows,
        mostBytes ?? UnpackedSize.MostOf(PackedSize));

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_path);

    /// <summary>A text as SQL of DuckDB.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private List<T> Read<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
