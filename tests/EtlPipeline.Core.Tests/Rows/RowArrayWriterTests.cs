using System.Text;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Tests.Rows;

public sealed class RowArrayWriterTests
{
    [Theory]
    [InlineData(0, "[\n]\n")]
    [InlineData(1, "[\n{\"id\":0}\n]\n")]
    [InlineData(3, "[\n{\"id\":0},\n{\"id\":1},\n{\"id\":2}\n]\n")]
    public async Task An_array_has_a_row_a_line(int count, string expected)
    {
        using var stream = new MemoryStream();
        var writer = new RowArrayWriter(stream);
        for (var i = 0; i < count; i++)
            await writer.WriteAsync(Encoding.UTF8.GetBytes($"{{\"id\":{i}}}"), TestContext.Current.CancellationToken);
        await writer.CompleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, Encoding.UTF8.GetString(stream.ToArray()));
        Assert.True(stream.CanWrite);
    }

    [Fact]
    public void A_column_name_is_the_name_it_was_made_from() => Assert.Equal("größe", new ColumnName("größe").ToString());
}
