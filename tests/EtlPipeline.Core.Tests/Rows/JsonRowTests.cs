using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Tests.Rows;

public sealed class JsonRowTests
{
    [Theory]
    [InlineData("""{"x":true}""", JsonTokenType.True, "true")]
    [InlineData("""{"x":false}""", JsonTokenType.False, "false")]
    [InlineData("""{"x":null}""", JsonTokenType.Null, "null")]
    [InlineData("""{"x": 3.10 }""", JsonTokenType.Number, "3.10")]
    [InlineData("""{"x":123456789012345678901234567890.000000001000}""", JsonTokenType.Number, "123456789012345678901234567890.000000001000")]
    [InlineData("""{"x":"a\"b\u00fc"}""", JsonTokenType.String, """
        "a\"b\u00fc"
        """)]
    [InlineData("""{"x":""}""", JsonTokenType.String, "\"\"")]
    [InlineData("""{"x":{"y": [1, 2]}, "z":1}""", JsonTokenType.StartObject, """{"y": [1, 2]}""")]
    [InlineData("""{"w":[{"x":1}],"x":[ [] ]}""", JsonTokenType.StartArray, "[ [] ]")]
    public async Task A_value_is_given_as_it_lies_in_the_body(string json, JsonTokenType kind, string raw)
    {
        var row = await RowAsync(json);

        Assert.True(row.TryGetValue(new ColumnName("x"), out var value));

        Assert.Equal((kind, raw), (value.Kind, Encoding.UTF8.GetString(value.Raw)));
    }

    [Theory]
    [InlineData("größe", """{"gr\u00f6\u00DFe":1}""")]
    [InlineData("größe", """{"größe":1}""")]
    [InlineData("a\"b\\c", """{"a\"b\\c":1}""")]
    [InlineData("😀", """{"\ud83d\ude00":1}""")]
    [InlineData("", """{"":1}""")]
    public async Task A_name_is_found_however_it_is_escaped(string column, string json) =>
        Assert.True((await RowAsync(json)).TryGetValue(new ColumnName(column), out _));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"X":1}""")]
    [InlineData("""{"xx":1}""")]
    [InlineData("""{" x":1}""")]
    [InlineData("""{"y":{"x":1}}""")]
    [InlineData("""{"\ud800":1,"\u0079":"x"}""")]
    public async Task A_name_that_is_not_there_is_not_found(string json) =>
        Assert.False((await RowAsync(json)).TryGetValue(new ColumnName("x"), out _));

    [Theory]
    [InlineData("""{"x":"secret","x":"secret"}""")]
    [InlineData("""{"x":"secret","\u0078":null}""")]
    public async Task A_column_that_is_there_twice_is_refused_by_name(string json)
    {
        var row = await RowAsync(json);

        var refusal = Assert.Throws<InvalidRowException>(() => row.TryGetValue(new ColumnName("x"), out _));

        Assert.Equal("column 'x' is there twice", refusal.Message);
        Assert.Equal(2, row.Count);
    }

    [Theory]
    [InlineData("""{"x":"a\"b\\\/\n\u00fc\ud83d\ude00'; DROP TABLE staff; --"}""", "a\"b\\/\nü😀'; DROP TABLE staff; --")]
    [InlineData("""{"x":"\u0000"}""", "\0")]
    [InlineData("""{"x":""}""", "")]
    public async Task A_text_is_unescaped(string json, string text) => Assert.Equal(text, Text(await RowAsync(json)));

    [Theory]
    [InlineData("""{"x":1}""", "the value isn't a string")]
    [InlineData("""{"x":null}""", "the value isn't a string")]
    [InlineData("""{"x":{}}""", "the value isn't a string")]
    [InlineData("""{"x":"\ud83d"}""", "the text is not valid Unicode")]
    [InlineData("""{"x":"\ude00\ud83d"}""", "the text is not valid Unicode")]
    public async Task What_is_no_text_is_refused(string json, string reason)
    {
        var row = await RowAsync(json);

        Assert.Equal(reason, Assert.Throws<InvalidRowException>(() => Text(row)).Message);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        var row = await RowAsync([.. "[{\"x\":\""u8, 0xC3, 0x28, .. "\"}]"u8]);

        Assert.Equal("the text is not valid Unicode", Assert.Throws<InvalidRowException>(() => Text(row)).Message);
    }

    private static string Text(JsonRow row)
    {
        Assert.True(row.TryGetValue(new ColumnName("x"), out var value));
        return value.GetString();
    }

    private static Task<JsonRow> RowAsync(string json) => RowAsync(Encoding.UTF8.GetBytes($"[{json}]"));

    private static async Task<JsonRow> RowAsync(byte[] body)
    {
        // Not disposed: the row is a view into the reader's buffer.
        var reader = new JsonRowReader(new MemoryStream(body));
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        return reader.Current;
    }
}
