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
            using var rows = new ParquetRows(file, ["text"]);
            while (rows.Read()) { }
        });
        Assert.Contains("OutOfMemory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_few_bytes_that_unpacks_without_end_is_left_where_it_has_unpacked_to_more_than_it_can_hold()
    {
        var (body, _, _) = await LoadScenario.WriteParquetAsync(
            "SELECT 7 AS id, repeat('x', 10_000) AS text FROM range(200_000)", "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 200_000");
        Assert.True(body.Length < 1 << 14, $"{body.Length}");
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "bomb.parquet");
        await File.WriteAllBytesAsync(path, body, TestContext.Current.CancellationToken);
        using var file = ParquetFile.Open(path);
        using var rows = new ParquetRows(file, ["id"]);

        var failure = Assert.Throws<DamagedParquetException>(() =>
        {
            while (rows.Read()) { }
        });
        Assert.Equal("its rows are more than 1073741824 bytes, which so small a file can't honestly hold", failure.Message);
        Assert.InRange(rows.Count, 100_000, 110_000);
    }
}
