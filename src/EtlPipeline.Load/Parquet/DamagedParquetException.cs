using DuckDB.NET.Data;

namespace EtlPipeline.Load.Parquet;

/// <summary>A file is no Parquet that can be read to its end.</summary>
internal sealed class DamagedParquetException(string message) : Exception(message)
{
    /// <summary>Names the kind of what DuckDB found. Its message stays behind: it quotes the file's content.</summary>
    public static DamagedParquetException Of(DuckDBException exception) =>
        new($"it can't be read as Parquet (DuckDB: {exception.ErrorType})");
}
