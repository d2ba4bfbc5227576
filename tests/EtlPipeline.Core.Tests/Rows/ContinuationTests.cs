using System.Text;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Tests.Rows;

public sealed class ContinuationTests
{
    [Theory]
    [InlineData(51, 0)]
    [InlineData(52, 1)]
    [InlineData(53, 7)]
    [InlineData(54, 200)]
    public async Task From_any_row_of_a_written_array_the_rest_is_read(int seed, int count)
    {
        var random = new Random(seed);
        string[] rows = [.. Enumerable.Range(0, count).Select(i => $$"""{"id":{{i}},"text":"{{new string('ü', random.Next(400))}}"}""")];
        using var stream = new MemoryStream();
        var writer = new RowArrayWriter(stream);
        var offsets = new List<long>();
        foreach (var row in rows)
        {
            offsets.Add(writer.NextRowOffset);
            await writer.WriteAsync(Encoding.UTF8.GetBytes(row), TestContext.Current.CancellationToken);
        }

        await writer.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(count, writer.Rows);
        Assert.Equal(rows, await Body.ReadAsync(new MemoryStream(stream.ToArray())));
        for (var i = 0; i < count; i++)
        {
            Assert.Equal((byte)'{', stream.GetBuffer()[offsets[i]]);
            var rest = new ChunkedStream(stream.ToArray()[(int)offsets[i]..], () => random.Next(1, 1000));
            Assert.Equal(rows[i..], await Body.ReadAsync(rest, From(offsets[i])));
        }
    }

    [Fact]
    public async Task The_array_may_end_where_the_continuation_begins() => Assert.Empty(await Body.ReadAsync("\n]\n", From(100)));

    [Fact]
    public async Task A_row_of_a_continuation_knows_where_it_lies_in_the_object()
    {
        using var reader = new JsonRowReader(new MemoryStream(" {},\n{\"a\":1}]"u8.ToArray()), From(100));
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(101, reader.Current.Offset);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(105, reader.Current.Offset);
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("{}", 102)]
    [InlineData("\"a\":1},{}]", 100)]
    [InlineData(",{}]", 100)]
    [InlineData("[{}]", 100)]
    [InlineData("{},7]", 103)]
    public async Task A_continuation_that_begins_at_no_row_is_refused_at_a_byte_of_the_object(string rest, long offset) =>
        Assert.InRange((await Body.RefusalAsync(rest, From(100))).ByteOffset, offset - 1, offset);

    private static JsonRowReaderOptions From(long offset) => new() { IsContinuation = true, Offset = offset };
}
