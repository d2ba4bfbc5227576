using System.Text;
using EtlPipeline.Core.Rows;
using EtlPipeline.Testing;

namespace EtlPipeline.Core.Tests.Rows;

public sealed class JsonRowReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] \n")]
    [InlineData("[\n]\n")]
    public async Task An_empty_array_has_no_rows(string body) => Assert.Empty(await Body.ReadAsync(body));

    [Fact]
    public async Task Rows_are_given_as_they_lie_in_the_body() =>
        Assert.Equal(
            ["{}", """{"a": 3.10 , "b":"ü\u00fc"}""", """{"a":{"deep":[1,{}]},"a":null}"""],
            await Body.ReadAsync("""  [{},   {"a": 3.10 , "b":"ü\u00fc"}  ,{"a":{"deep":[1,{}]},"a":null}]  """));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task A_body_that_comes_in_pieces_is_the_same_body(int chunk)
    {
        string[] rows = [.. Enumerable.Range(0, 300).Select(i => $$"""{"id":{{i}},"amount":{{i}}.50,"text":"\"]}, ü😀 \\","flag":false}""")];
        var body = Encoding.UTF8.GetBytes($"[\n{string.Join(",\n", rows)}\n]\n");

        Assert.Equal(rows, await Body.ReadAsync(new ChunkedStream(body, chunk)));
    }

    [Fact]
    public async Task A_row_may_be_cut_anywhere_by_the_end_of_the_buffer()
    {
        const int buffer = 1 << 16;
        const string row = """{"id":-1.50e3,"te\u0078t":"\"]}, ü😀 \\","flag":false,"none":null,"deep":[{},[]]}""";
        for (var cut = 0; cut <= Encoding.UTF8.GetByteCount(row) + 3; cut++)
        {
            var first = $"{{\"a\":\"{new string('x', buffer - cut - 10)}\"}}";

            Assert.Equal([first, row, "{}"], await Body.ReadAsync($"[{first},{row},{{}}]"));
        }
    }

    [Fact]
    public async Task Rows_alike_are_read_as_if_each_stood_alone()
    {
        string[] values = ["1", "-0", "0.10", "-12.5", "1e5", "01", "1.", "-", "null", "true", "false", "nul", "\"\"", "\"a\"", "\"a\\n\"", "\"\t\"", "\"ü😀\"", "[1]", "{}", " 1", "1 "];
        var random = new Random(3);
        for (var trial = 0; trial < 3_000; trial++)
        {
            var rows = Enumerable.Range(0, 4).Select(_ => $"{{\"a\":{Value()},\"b\":{Value()}{(random.Next(20) == 0 ? ",\"c\":1" : string.Empty)}}}").ToList();
            var body = $"[\n{string.Join(random.Next(5) == 0 ? " ,\r\n " : ",\n", rows)}\n]\n";
            var expected = Expected(body);

            if (expected is null) await Body.RefusalAsync(body);
            else Assert.Equal(expected, await ValuesAsync(body));
        }

        string Value() => random.Next(3) == 0 ? values[random.Next(values.Length)] : values[random.Next(4)];
    }

    /// <summary>The values of a and b as the base library reads them; null if it refuses the body.</summary>
    private static List<string>? Expected(string body)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(body);
            return [.. document.RootElement.EnumerateArray().Select(row => $"{row.GetProperty("a").GetRawText()} {row.GetProperty("b").GetRawText()}")];
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static async Task<List<string>> ValuesAsync(string body)
    {
        var (a, b) = (new ColumnName("a"), new ColumnName("b"));
        var values = new List<string>();
        using var reader = new JsonRowReader(new MemoryStream(Encoding.UTF8.GetBytes(body)));
        while (await reader.ReadAsync(Cancellation))
        {
            Assert.True(reader.Current.TryGetValue(a, out var first));
            Assert.True(reader.Current.TryGetValue(b, out var second));
            values.Add($"{Encoding.UTF8.GetString(first.Raw)} {Encoding.UTF8.GetString(second.Raw)}");
        }

        return values;
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(1 << 17)]
    public async Task A_text_of_megabytes_is_a_value_like_any_other(int chunk)
    {
        var text = string.Concat(Enumerable.Repeat("0123456789äöü😀\\n\\\"", 60_000));
        string[] rows = [$$"""{"id":1,"text":"{{text}}"}""", """{"id":2}""", $$"""{"text":"{{text}}"}"""];

        Assert.Equal(rows, await Body.ReadAsync(new ChunkedStream(Encoding.UTF8.GetBytes($"[{string.Join(',', rows)}]"), chunk)));
    }

    [Fact]
    public async Task A_row_of_thousands_of_columns_is_read()
    {
        var row = $"{{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"column_{i}\":{i}"))}}}";
        using var reader = new JsonRowReader(new MemoryStream(Encoding.UTF8.GetBytes($"[{row}]")));

        Assert.True(await reader.ReadAsync(Cancellation));

        Assert.Equal(5000, reader.Current.Count);
        Assert.True(reader.Current.TryGetValue(new ColumnName("column_4999"), out var value));
        Assert.Equal("4999", Encoding.UTF8.GetString(value.Raw));
    }

    [Theory]
    [InlineData(10_000, 1 << 16)]
    [InlineData(10_000, 997)]
    public async Task Values_that_nest_deeply_are_read(int depth, int chunk)
    {
        string[] rows =
        [
            $$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}}}""",
            $$"""{"b":{{string.Concat(Enumerable.Repeat("{\"x\":", depth))}}1{{new string('}', depth)}}}""",
            """{"c":1}""",
        ];

        Assert.Equal(rows, await Body.ReadAsync(new ChunkedStream(Encoding.UTF8.GetBytes($"[{string.Join(',', rows)}]"), chunk)));
    }

    [Theory]
    [InlineData("\"x\":1,", "a row of more than 16000 columns begins at byte 1")]
    [InlineData("\"x\":[{", "a row of more than 33554432 bytes begins at byte 1")]
    [InlineData("          ", "a row of more than 33554432 bytes begins at byte 1")]
    [InlineData("\\ud83d\\ude00", "a row of more than 33554432 bytes begins at byte 1", "{\"x\":\"")]
    public async Task Of_a_row_of_a_gigabyte_no_more_is_read_than_the_buffer_of_the_longest_row(string piece, string fault, string first = "{")
    {
        await using var body = new RepeatedStream(Encoding.ASCII.GetBytes($"[{first}"), Encoding.ASCII.GetBytes(piece), (1 << 30) / piece.Length, "}]"u8.ToArray());

        var refusal = await Assert.ThrowsAsync<UnreadableRowsException>(() => Body.ReadAsync(body));

        Assert.Equal(fault, refusal.Message);
        Assert.InRange(body.BytesRead, 1, 3L * RowLimits.Bytes);
    }

    [Theory]
    [InlineData(RowLimits.Columns, false)]
    [InlineData(RowLimits.Columns + 1, true)]
    [InlineData(4_000_000, true)]
    public async Task A_row_of_more_columns_than_any_table_has_makes_the_body_unreadable(int columns, bool isRefused)
    {
        var body = $"[{{{string.Join(',', Enumerable.Repeat("\"\":1", columns))}}}]";

        if (isRefused) Assert.Equal("a row of more than 16000 columns begins at byte 1", (await Body.RefusalAsync(body)).Message);
        else Assert.Single(await Body.ReadAsync(body));
    }

    [Fact]
    public async Task Memory_is_bounded_by_the_longest_row()
    {
        var row = Encoding.UTF8.GetBytes("{\"text\":\"" + new string('x', 1000) + "\"},");
        var body = new RepeatedStream("["u8.ToArray(), row, 20_000, "{}]"u8.ToArray());
        using var reader = new JsonRowReader(body);
        await reader.ReadAsync(Cancellation);
        var before = GC.GetAllocatedBytesForCurrentThread();

        while (await reader.ReadAsync(Cancellation))
        {
        }

        Assert.Equal(20_001, reader.RowsRead);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000 * row.Length / 2);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var reader = new JsonRowReader(new MemoryStream("[]"u8.ToArray()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync(new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task The_stream_is_left_open_and_disposing_twice_is_harmless()
    {
        var stream = new MemoryStream("[]"u8.ToArray());
        var reader = new JsonRowReader(stream);
        Assert.False(await reader.ReadAsync(Cancellation));

        reader.Dispose();
        reader.Dispose();

        Assert.True(stream.CanRead);
    }
}
