using System.Runtime.CompilerServices;
using DuckDB.NET.Native;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Load.Parquet;

/// <summary>
/// The rows of a file, as the vectors in which DuckDB hands them out: a call of the driver for each of a million values costs more than
/// everything else. Damage inside of a file shows here, and so does a file that lies about how much it holds.
/// </summary>
internal sealed class ParquetChunks : IDisposable
{
    private readonly UnpackedSize _size;
    private readonly long _rows;
    private readonly DuckDBPreparedStatement _statement;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;
    private ParquetVector[] _vectors = [];
    private long _read;

    internal ParquetChunks(DuckDBNativeConnection connection, string sql, long rows, long mostBytes)
    {
        (_rows, _size) = (rows, new UnpackedSize(mostBytes));
        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection, sql, out _statement) == DuckDBState.Error) throw Damaged("Prepare");
        if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(_statement, out _result) == DuckDBState.Error) throw Damaged(Kind());
    }

    /// <summary>How many rows are at hand.</summary>
    public int Count { get; private set; }

    /// <summary>The values of a column for the rows at hand.</summary>
    public ParquetVector this[int column] => _vectors[column];

    /// <summary>Brings the next rows; false at the end.</summary>
    /// <exception cref="DamagedParquetException">The file can't be read any further, has more or fewer rows than it says, or is a bomb.</exception>
    public bool Read()
    {
        _chunk?.Dispose();
        _chunk = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(_result);
        if (_chunk.IsInvalid)
        {
            Count = 0;
            if (Kind() != nameof(DuckDBErrorType.Invalid)) throw Damaged(Kind());
            return _read == _rows ? false : throw new DamagedParquetException($"the file says that it has {_rows} rows, and {_read} could be read");
        }

        Count = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(_chunk);
        _read += Count;
        if (_read > _rows) throw new DamagedParquetException($"the file says that it has {_rows} rows, and more could be read");
        _vectors = [.. Enumerable.Range(0, (int)NativeMethods.DataChunks.DuckDBDataChunkGetColumnCount(_chunk)).Select(column => ParquetVector.Of(_chunk, column))];
        _size.Add(_vectors, Count);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk?.Dispose();
        NativeMethods.Query.DuckDBDestroyResult(ref _result);
        _statement.Dispose();
    }

    private string Kind() => NativeMethods.Query.DuckDBResultErrorType(ref _result).ToString();

    private DamagedParquetException Damaged(string kind)
    {
        Dispose();
        return new($"it can't be read as Parquet (DuckDB: {kind})");
    }
}

/// <summary>The values of a column for the rows of a chunk, where DuckDB keeps them (<i>DuckDB, C API: Vectors</i>). Valid until the next chunk.</summary>
internal readonly unsafe struct ParquetVector
{
    private const int LongestInlinedText = 12;

    private readonly void* _data;
    private readonly ulong* _validity;

    private ParquetVector(void* data, ulong* validity, bool isText)
    {
        _data = data;
        _validity = validity;
        IsText = isText;
    }

    /// <summary>Whether its values are texts.</summary>
    public bool IsText { get; }

    /// <summary>A column of a chunk.</summary>
    public static ParquetVector Of(DuckDBDataChunk chunk, int column)
    {
        var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column);
        using var type = NativeMethods.Vectors.DuckDBVectorGetColumnType(vector);
        var isText = NativeMethods.LogicalType.DuckDBGetTypeId(type) is DuckDBType.Varchar or DuckDBType.Blob;
        return new ParquetVector(NativeMethods.Vectors.DuckDBVectorGetData(vector), NativeMethods.Vectors.DuckDBVectorGetValidity(vector), isText);
    }

    /// <summary>Whether a row has no value.</summary>
    public bool IsNull(int row) => _validity != null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>The value of a row, if the column's values are of this size and kind.</summary>
    public T Value<T>(int row) where T : unmanaged => Unsafe.ReadUnaligned<T>((byte*)_data + (long)row * sizeof(T));

    /// <summary>The bytes of a text, in UTF-8.</summary>
    public ReadOnlySpan<byte> Text(int row)
    {
        var text = (byte*)_data + (long)row * 16;
        var length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= LongestInlinedText ? text + 4 : *(byte**)(text + 8), length);
    }
}

/// <summary>
/// Counts what a file unpacks to, and ends the reading of a bomb: a few bytes that stand for more than any disk holds.
/// </summary>
/// <param name="most">How many bytes the file may unpack to.</param>
internal sealed class UnpackedSize(long most)
{
    // So much does no harm, however small the file is; and only in a bomb are rows so much alike that they pack to less than a thousandth.
    private const long Harmless = 1L << 30;
    private const int TimesPacked = 1000;

    // A row is made from one of its source and one of a look-up.
    private const long LongestRow = 2L * RowLimits.Bytes;

    private long _bytes;

    /// <summary>How many bytes a file of some size may unpack to.</summary>
    public static long MostOf(long packed) => Math.Max(Harmless, packed * TimesPacked);

    /// <summary>Counts the rows of a chunk.</summary>
    /// <exception cref="DamagedParquetException">A row is longer than any that Transform writes, or the file has unpacked to too much.</exception>
    public void Add(ReadOnlySpan<ParquetVector> vectors, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var bytes = 8L * vectors.Length;
            foreach (var vector in vectors)
            {
                if (vector.IsText && !vector.IsNull(row)) bytes += vector.Text(row).Length;
            }

            if (bytes > LongestRow) throw new DamagedParquetException($"a row has more than {LongestRow} bytes, which no row of a version has");
            _bytes += bytes;
        }

        if (_bytes > most) throw new DamagedParquetException($"its rows are more than {most} bytes, which so small a file can't honestly hold");
    }
}
