using EtlPipeline.Core.Rows;

namespace EtlPipeline.Load.Parquet;

/// <summary>
/// Counts what a file unpacks to, and ends the reading of a bomb: a few bytes that stand for more than any disk holds. The text of a row is
/// looked at before it is fetched.
/// </summary>
/// <param name="most">How many bytes the file may unpack to.</param>
internal sealed class UnpackedSize(long most)
{
    // So much does no harm, however small the file is; and rows that are all the same pack to less than a thousandth only in a bomb.
    private const long Harmless = 1L << 30;
    private const int TimesPacked = 1000;

    // A row is made from one of its source and one of a look-up.
    private const long LongestRow = 2L * RowLimits.Bytes;

    private long _bytes;

    /// <summary>How many bytes a file of some size may unpack to.</summary>
    public static long MostOf(long packed) => Math.Max(Harmless, packed * TimesPacked);

    /// <summary>Counts a row.</summary>
    /// <exception cref="DamagedParquetException">It is longer than any that Transform writes, or the file has unpacked to too much.</exception>
    public void Add(long bytes)
    {
        if (bytes > LongestRow) throw new DamagedParquetException($"a row has more than {LongestRow} bytes, which no row of a version has");
        _bytes += bytes;
        if (_bytes > most) throw new DamagedParquetException($"its rows are more than {most} bytes, which so small a file can't honestly hold");
    }
}
