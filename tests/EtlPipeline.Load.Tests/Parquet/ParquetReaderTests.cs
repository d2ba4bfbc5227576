using EtlPipeline.Load.Parquet;

namespace EtlPipeline.Load.Tests.Parquet;

public class ParquetReaderTests
{
    [Fact]
    public async Task A_small_file_that_unpacks_to_more_than_the_limit_is_refused()
    {
        var body = await TestFiles.WriteAsync("SELECT repeat('x', 60_000_000) AS text", "FORMAT parquet, COMPRESSION zstd");
        Assert.True(body.Length < 1 << 20);

        var failure = Assert.Throws<DamagedParquetException>(() => TestFiles.Count(body, memoryLimit: 32));
        Assert.Contains("OutOfMemory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_few_bytes_that_unpacks_without_end_is_left_once_it_has_unpacked_to_more_than_it_can_hold()
    {
        var body = await TestFiles.WriteAsync(
            "SELECT 7 AS id, repeat('x', 10_000) AS text FROM range(200_000)", "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 200_000");
        Assert.True(body.Length < 1 << 14, $"{body.Length}");

        var failure = Assert.Throws<DamagedParquetException>(() => TestFiles.Count(body));
        Assert.Equal("its rows are more than 1073741824 bytes, which so small a file can't honestly hold", failure.Message);
    }

    [Fact]
    public async Task A_row_that_is_longer_than_any_is_damaged()
    {
        var body = await TestFiles.WriteAsync("SELECT repeat('planted', 12_000_000) AS text", "FORMAT parquet, COMPRESSION zstd");

        var failure = Assert.Throws<DamagedParquetException>(() => TestFiles.Count(body));
        Assert.Contains("a row has more than 67108864 bytes, which no row of a version has", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_outside_of_the_private_folder_is_not_read()
    {
        var path = Path.GetTempFileName();
        using var reader = new ParquetReader();
        Assert.Throws<DamagedParquetException>(() => reader.Open(path));
        Assert.Throws<DamagedParquetException>(() => reader.Open("/etc/passwd"));
        File.Delete(path);
    }

    [Fact]
    public async Task Files_are_read_one_after_the_other_by_one_reader_and_leave_nothing_behind()
    {
        using var reader = new ParquetReader();
        string[] paths = [reader.NewPath(), reader.NewPath()];
        for (var i = 0; i < 2; i++)
        {
            await File.WriteAllBytesAsync(paths[i], await TestFiles.WriteAsync($"SELECT {i} AS id FROM range({i + 1})"), TestContext.Current.CancellationToken);
            using var file = reader.Open(paths[i]);
            Assert.Equal(i + 1, file.Rows);
        }

        Assert.All(paths, path => Assert.False(File.Exists(path)));
    }
}
