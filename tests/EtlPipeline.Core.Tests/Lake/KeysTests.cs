using System.Text;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class KeysTests
{
    private static readonly TableKey Number = new([new("id", KeyOrder.Number)]);
    private static readonly TableKey Text = new([new("code", KeyOrder.Text)]);
    private static readonly TableKey Both = new([new("region", KeyOrder.Number), new("code", KeyOrder.Text)]);

    [Theory]
    [InlineData("9", "10")]
    [InlineData("-1", "0")]
    [InlineData("-9223372036854775808", "9223372036854775807")]
    public void Numbers_compare_as_numbers(string lower, string higher) => Assert.True(Number.Compare(new RowKey(lower), new RowKey(higher)) < 0);

    [Theory]
    [InlineData("10", "9")]
    [InlineData("Z", "a")]
    [InlineData("", "a")]
    [InlineData("a", "aa")]
    [InlineData("z", "é")]
    [InlineData("\uE000", "\U00010000")]
    [InlineData("\uFFFF", "\U0001F600")]
    [InlineData("\U0001F600", "\U0001F601")]
    public void Texts_compare_by_the_bytes_of_their_utf8(string lower, string higher)
    {
        Assert.True(Encoding.UTF8.GetBytes(lower).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(higher)) < 0);
        Assert.True(Text.Compare(new RowKey(lower), new RowKey(higher)) < 0);
        Assert.True(Text.Compare(new RowKey(higher), new RowKey(lower)) > 0);
    }

    [Fact]
    public void Random_texts_compare_as_their_bytes_do()
    {
        var random = new Random(41);
        for (var round = 0; round < 5_000; round++)
        {
            var (left, right) = (Next(), Next());
            var expected = Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));
            Assert.Equal(expected, Math.Sign(Text.Compare(new RowKey(left), new RowKey(right))));
        }

        string Next() => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => new Rune(random.Next(3) switch { 0 => random.Next(0x60, 0x64), 1 => random.Next(0xE000, 0xE004), _ => random.Next(0x10000, 0x10004) }).ToString()));
    }

    [Fact]
    public void Composite_keys_compare_column_by_column()
    {
        Assert.True(Both.Compare(new RowKey("2", "z"), new RowKey("10", "a")) < 0);
        Assert.True(Both.Compare(new RowKey("2", "a"), new RowKey("2", "b")) < 0);
        Assert.Equal(0, Both.Compare(new RowKey("2", "a"), new RowKey("2", "a")));
    }

    [Fact]
    public void A_range_is_open_below_and_closed_above()
    {
        var range = new KeyRange(new RowKey("5"), new RowKey("10"));
        foreach (var (key, isIn) in new[] { ("5", false), ("6", true), ("10", true), ("11", false) }) Assert.Equal(isIn, range.Contains(new RowKey(key), Number));
        Assert.True(KeyRange.All.Contains(new RowKey("-7"), Number));
    }

    [Fact]
    public void A_key_fits_that_has_a_value_a_column_each_readable_and_none_too_long()
    {
        Assert.True(Both.Fits(new RowKey("1", "a")));
        Assert.False(Both.Fits(new RowKey("1")));
        Assert.False(Both.Fits(new RowKey("one", "a")));
        Assert.True(Text.Fits(new RowKey(new string('x', TableKey.LongestKey))));
        Assert.False(Text.Fits(new RowKey(new string('x', TableKey.LongestKey + 1))));
    }

    [Fact]
    public void A_key_is_short_ascii_in_metadata_whatever_its_columns_are_called()
    {
        Assert.Equal("region:integer,code:text", Both.ToString());
        var strange = new TableKey(Enumerable.Range(0, 32).Select(i => new KeyColumn($"Spalte, {i}: größer", KeyOrder.Text)));
        Assert.Matches("^sha-256:[0-9a-f]{64}$", strange.ToString());
        Assert.All(new TableKey([new("größe", KeyOrder.Text)]).ToString(), letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public void A_key_without_columns_can_not_be_made() => Assert.Throws<ArgumentException>(() => new TableKey([]));
}
