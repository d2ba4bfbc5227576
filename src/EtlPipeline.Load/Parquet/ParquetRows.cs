using DuckDB.NET.Data;

namespace EtlPipeline.Load.Parquet;

/// <summary>Goes on to the next row of a file, which is where damage inside of it shows.</summary>
internal static class ParquetRows
{
    /// <summary>Reads a row; false at the end.</summary>
    /// <exception cref="DamagedParquetException">The file can't be read any further.</exception>
    public static bool Read(DuckDBDataReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (DuckDBException exception)
        {
            throw DamagedParquetException.Of(exception);
        }
    }
}
