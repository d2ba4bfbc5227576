using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class TemporaryFileTests
{
    [Fact]
    public async Task A_temporary_file_is_written_and_read_again()
    {
        await using var file = TemporaryFile.Create();
        await file.Stream.WriteAsync(new byte[200_000], TestContext.Current.CancellationToken);
        file.Stream.Position = 0;

        Assert.Equal(200_000, await file.Stream.ReadAtLeastAsync(new byte[300_000], 300_000, throwOnEndOfStream: false, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_left_of_it()
    {
        string path;
        await using (var file = TemporaryFile.Create())
        {
            path = file.Stream.Name;
            Assert.Equal(OperatingSystem.IsWindows(), File.Exists(path));
        }

        Assert.False(File.Exists(path));
    }
}
