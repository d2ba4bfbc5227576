using EtlPipeline.Load.Parquet;
using EtlPipeline.Testing;

namespace EtlPipeline.Load.Tests.Parquet;

public class ParquetFileTests
{
    [Fact]
    public async Task A_small_file_that_unpacks_to_more_than_the_limit_is_refused()
    {
        var (body, _, _) = await LoadScenario.WriteParquetAsync(
            "SELECT repeat('x', 60_000_000) AS text", "FORMAT parquet, COMPRESSION zstd");
        Assert.True(body.Length < 1 << 20);
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "bomb.parquet");
        await File.WriteAllBytesAsync(path, body, TestContext.Current.CancellationToken);
        using var file = ParquetFile.Open(path, memoryLimit: 32);

        var failure = Assert.Throws<DamagedParquetException>(() =>
        {
            using var reader = file.Read(["text"]);
            while (ParquetRows.Read(reader)) { }
        });
        Assert.Contains("OutOfMemory", failure.Message, StringComparison.Ordinal);
    }
}
