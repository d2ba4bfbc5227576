using DuckDB.NET.Data;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Testing;

namespace EtlPipeline.Load.Tests.Parquet;

/// <summary>Parquet files from queries in DuckDB's SQL, and their reading.</summary>
internal static class TestFiles
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<byte[]> WriteAsync(string query, string options = "FORMAT parquet")
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "rows.parquet");
        await using var duckDb = new DuckDBConnection("DataSource=:memory:;threads=1");
        await duckDb.OpenAsync(Token);
        await using var command = duckDb.CreateCommand();
        command.CommandText = $"COPY ({query}) TO '{path}' ({options})";
        await command.ExecuteNonQueryAsync(Token);
        return await File.ReadAllBytesAsync(path, Token);
    }

    /// <summary>How many rows are read, to the end.</summary>
    /// <exception cref="DamagedParquetException">The file turns out to be damaged.</exception>
    public static int Count(byte[] body, int memoryLimit = 512, params string[] columns)
    {
        using var reader = new ParquetReader(memoryLimit);
        var path = reader.NewPath();
        File.WriteAllBytes(path, body);
        using var file = reader.Open(path);
        using var chunks = file.ReadChunks([.. file.Columns.Where(column => columns.Length == 0 || columns.Contains(column.Name))]);
        var count = 0;
        while (chunks.Read()) count += chunks.Count;
        return count;
    }
}
