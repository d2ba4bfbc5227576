using DuckDB.NET.Data;

namespace EtlPipeline.Load.Parquet;

/// <summary>A file isn't Parquet that can be read to its end, or not the one that its metadata speak of.</summary>
internal sealed class DamagedParquetException(string message) : Exception(message)
{
    /// <summary>Names the kind of what DuckDB found. Its message stays behind: it quotes the file's content.</summary>
    public static DamagedParquetException Of(DuckDBException exception) => new($"it can't be read as Parquet (DuckDB: {exception.ErrorType})");
}

/// <summary>
/// Reads Parquet files with one DuckDB for all files of an invocation. The files aren't trusted: DuckDB may open those of one private folder
/// and nothing else, has a limit to its memory, loads no extension, and can't be told otherwise afterwards.
/// </summary>
internal sealed class ParquetReader : IDisposable
{
    // Pages of real texts fit many times over; what a small forged file unpacks to doesn't.
    private const int DefaultMemoryLimit = 512;

    // The first files of a process that are opened at the same moment are refused.
    private static readonly Lock Opening = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-pipeline-");
    private readonly Lazy<DuckDBConnection> _connection;
    private int _files;

    /// <summary>Makes the reader; DuckDB is loaded with the first file.</summary>
    /// <param name="memoryLimit">How much DuckDB may hold at a time, in megabytes.</param>
    public ParquetReader(int memoryLimit = DefaultMemoryLimit) => _connection = new Lazy<DuckDBConnection>(() => Start(memoryLimit));

    /// <summary>A path that no file lies under yet, from which this reader may read.</summary>
    public string NewPath() => Path.Combine(_folder.FullName, $"{++_files}.parquet");

    /// <summary>Opens a file under a path of this reader. It is deleted when the result is disposed.</summary>
    /// <exception cref="DamagedParquetException">It isn't a Parquet file.</exception>
    public ParquetFile Open(string path)
    {
        try
        {
            lock (Opening) return new ParquetFile(_connection.Value, path);
        }
        catch (DuckDBException exception)
        {
            throw DamagedParquetException.Of(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_connection.IsValueCreated) _connection.Value.Dispose();
        _folder.Delete(recursive: true);
    }

    private DuckDBConnection Start(int memoryLimit)
    {
        var connection = new DuckDBConnection(
            $"DataSource=:memory:;memory_limit={memoryLimit}MB;threads=1;autoinstall_known_extensions=false;autoload_known_extensions=false");
        connection.Open();
        foreach (var statement in (string[])
            [
                "SET temp_directory = ''",
                "SET enable_external_file_cache = false",
                $"SET allowed_directories = [{ParquetFile.Literal(_folder.FullName + Path.DirectorySeparatorChar)}]",
                "SET enable_external_access = false",
                "SET lock_configuration = true",
            ])
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        return connection;
    }
}
