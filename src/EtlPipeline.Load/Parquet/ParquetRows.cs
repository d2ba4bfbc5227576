using DuckDB.NET.Data;

namespace EtlPipeline.Load.Parquet;

/// <summary>Goes through the rows of a file, which is where damage inside of it shows, and ends where it lies about how much it holds.</summary>
/// <param name="file">The file.</param>
/// <param name="expressions">What to read of each row.</param>
/// <param name="most">How many bytes the rows may unpack to; by default as many as are no bomb.</param>
internal sealed class ParquetRows(ParquetFile file, IReadOnlyList<string> expressions, long? most = null) : IDisposable
{
    private readonly DuckDBDataReader _reader = file.Read([.. expressions, file.RowSize]);
    private readonly UnpackedSize _size = new(most ?? UnpackedSize.MostOf(file.PackedSize));

    /// <summary>The row that was read last.</summary>
    public DuckDBDataReader Current => _reader;

    /// <summary>How many rows were read.</summary>
    public long Count { get; private set; }

    /// <summary>Reads a row; false at the end.</summary>
    /// <exception cref="DamagedParquetException">The file can't be read any further, has more or fewer rows than it says, or is a bomb.</exception>
    public bool Read()
    {
        if (!TryAdvance()) return Count == file.Rows ? false : throw WrongCount($"{Count} could be read");
        if (Count == file.Rows) throw WrongCount("more could be read");
        Count++;
        _size.Add(_reader.GetInt64(expressions.Count));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private bool TryAdvance()
    {
        try
        {
            return _reader.Read();
        }
        catch (DuckDBException exception)
        {
            throw DamagedParquetException.Of(exception);
        }
    }

    private DamagedParquetException WrongCount(string found) => new($"the file says that it has {file.Rows} rows, and {found}");
}
