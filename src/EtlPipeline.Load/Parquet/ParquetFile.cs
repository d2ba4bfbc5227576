using DuckDB.NET.Data;

namespace EtlPipeline.Load.Parquet;

/// <summary>
/// A Parquet file, read by DuckDB. The file is not trusted: DuckDB may open it and nothing else, has a limit to its memory, loads no
/// extension, and can't be told otherwise afterwards.
/// </summary>
internal sealed class ParquetFile : IDisposable
{
    // Pages of real texts fit many times over; what a small forged file unpacks to does not.
    private const int MemoryLimit = 512;

    private static readonly string[] Confinement =
    [
        "SET temp_directory = ''",
        "SET allowed_paths = [getvariable('path')]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ];

    // The first files of a process that are opened at the same moment are refused.
    private static readonly Lock Opening = new();

    private readonly DuckDBConnection _connection;
    private readonly string _path;

    private ParquetFile(string path, int memoryLimit)
    {
        _path = path;
        _connection = new DuckDBConnection(
            $"DataSource=:memory:;memory_limit={memoryLimit}MB;threads=1;autoinstall_known_extensions=false;autoload_known_extensions=false");
    }

    public IReadOnlyList<ParquetColumn> Columns { get; private set; } = [];

    /// <summary>How many rows the file says that it has.</summary>
    public long Rows { get; private set; }

    /// <summary>How long the file is, in bytes.</summary>
    public long PackedSize => new FileInfo(_path).Length;

    /// <summary>An expression of DuckDB for about how many bytes a row takes: eight a column, and its texts.</summary>
    public string RowSize => string.Join(" + ", [
        $"CAST({8 * Columns.Count} AS BIGINT)",
        .. Columns.Where(column => column.Type == "VARCHAR").Select(column => $"coalesce(strlen({column.Identifier}), 0)"),
    ]);

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="memoryLimit">How much DuckDB may hold at a time, in megabytes.</param>
    /// <exception cref="DamagedParquetException">It is no Parquet file.</exception>
    public static ParquetFile Open(string path, int memoryLimit = MemoryLimit)
    {
        var file = new ParquetFile(path, memoryLimit);
        try
        {
            lock (Opening)
            {
                file.Confine();
                file.Describe();
            }

            return file;
        }
        catch (DuckDBException exception)
        {
            file.Dispose();
            throw DamagedParquetException.Of(exception);
        }
    }

    /// <summary>Reads expressions over the columns, row by row in the file's order, without holding more than a few thousand rows.</summary>
    /// <exception cref="DamagedParquetException">The rows can't be read. Later ones may turn out to be damaged only when they are reached.</exception>
    public DuckDBDataReader Read(IEnumerable<string> expressions)
    {
        try
        {
            return Query($"SELECT {string.Join(", ", expressions)} FROM read_parquet(getvariable('path'))");
        }
        catch (DuckDBException exception)
        {
            throw DamagedParquetException.Of(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Confine()
    {
        _connection.Open();
        using (var variable = _connection.CreateCommand())
        {
            variable.CommandText = "SET VARIABLE path = ?";
            variable.Parameters.Add(new DuckDBParameter(_path));
            variable.ExecuteNonQuery();
        }

        foreach (var statement in Confinement) Query(statement).Dispose();
    }

    private void Describe()
    {
        using (var columns = Query("DESCRIBE SELECT * FROM read_parquet(getvariable('path'))"))
        {
            var found = new List<ParquetColumn>();
            while (columns.Read()) found.Add(new ParquetColumn(columns.GetString(0), columns.GetString(1)));
            Columns = found;
        }

        using var metadata = Query("SELECT num_rows FROM parquet_file_metadata(getvariable('path'))");
        if (metadata.Read()) Rows = metadata.GetInt64(0);
    }

    private DuckDBDataReader Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        return command.ExecuteReader();
    }
}
