using System.Text;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Tests.Rows;

public sealed class UnreadableBodyTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("  \n ", 4)]
    [InlineData("no JSON", 0)]
    [InlineData("[", 1)]
    [InlineData("[{\"a\":1}", 8)]
    [InlineData("[{\"a\":1},", 9)]
    [InlineData("[{\"a\":1}]]", 9)]
    [InlineData("[{\"a\":1}] []", 9)]
    [InlineData("[{\"a\":1}]\n{", 9)]
    [InlineData("[,{}]", 1)]
    [InlineData("[{},]", 4)]
    [InlineData("[{} {}]", 3)]
    [InlineData("[{\"a\":1}}", 8)]
    [InlineData("[{\"a\"}]", 5)]
    [InlineData("[{\"a\":01}]", 6)]
    [InlineData("[{\"a\":NaN}]", 6)]
    [InlineData("[{'a':1}]", 2)]
    [InlineData("[{a:1}]", 2)]
    [InlineData("[{}/* note */]", 3)]
    [InlineData("[{\"a\":\"line\nbreak\"}]", 6)]
    [InlineData("\ufeff[{}]", 0)]
    public async Task What_is_not_JSON_is_refused_at_the_byte_where_it_breaks(string body, long offset)
    {
        var refusal = await Body.RefusalAsync(body);

        Assert.InRange(refusal.ByteOffset, offset - 1, offset + 1);
        Assert.EndsWith($" at byte {refusal.ByteOffset}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1}", 0)]
    [InlineData(" \"text\"", 1)]
    [InlineData("null", 0)]
    [InlineData("42", 0)]
    [InlineData("[1]", 1)]
    [InlineData("[{\"a\":1}, 2]", 10)]
    [InlineData("[{\"a\":1},null,{}]", 9)]
    [InlineData("[\"secret\"]", 1)]
    [InlineData("[[{}]]", 1)]
    public async Task An_array_of_other_things_is_refused_at_the_first_of_them(string body, long offset)
    {
        var refusal = await Body.RefusalAsync(body);

        Assert.Equal($"the body is not a JSON array of objects: another value begins at byte {offset}", refusal.Message);
    }

    [Fact]
    public async Task The_rows_before_the_fault_are_read_first()
    {
        using var reader = new JsonRowReader(new MemoryStream("""[{"a":1},{"a":2},{"a":"""u8.ToArray()));

        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<UnreadableRowsException>(() => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(2, reader.RowsRead);
    }

    [Fact]
    public async Task A_fault_far_into_the_body_is_counted_from_its_beginning()
    {
        var rows = string.Concat(Enumerable.Repeat("""{"text":"0123456789"},""", 50_000));
        var body = Encoding.UTF8.GetBytes($"[{rows}7]");

        var refusal = await Assert.ThrowsAsync<UnreadableRowsException>(() => Body.ReadAsync(new ChunkedStream(body, 1000)));

        Assert.Equal(body.Length - 2, refusal.ByteOffset);
    }

    [Fact]
    public async Task No_value_is_in_the_message()
    {
        var refusal = await Body.RefusalAsync("""[{"name":"Ada Lovelace","salary":12x}]""");

        Assert.DoesNotContain("Ada", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("12", refusal.Message.Replace($"byte {refusal.ByteOffset}", null, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_above_the_limit_makes_the_body_unreadable()
    {
        var row = $"{{\"a\":\"{new string('x', 200_000)}\"}}";

        Assert.Equal(["{}", row], await Body.ReadAsync($"[{{}},{row}]", 300_000));
        var refusal = await Body.RefusalAsync($"[{{}},{row}]", 100_000);
        Assert.StartsWith("a row of more than 100000 bytes begins", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.ByteOffset, 3, 4);
    }
}
