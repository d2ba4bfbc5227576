using System.Text.RegularExpressions;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Tests.Terminals;

public sealed partial class TextTableTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData(40, true)]
    [InlineData(80, true)]
    [InlineData(100, true)]
    [InlineData(120, true)]
    [InlineData(200, true)]
    [InlineData(80, false)]
    [InlineData(120, false)]
    [InlineData(null, true)]
    public void At_any_width_no_line_is_longer_and_no_value_is_lost(int? width, bool isPlain)
    {
        var terminal = new Terminal(_output, TextWriter.Null, isPlain, isVerbose: false, width);
        var table = new TextTable("table", Column.Number("source rows"), "target", Column.Number("warehouse rows"), "verified through", Column.Sentence("what is open"));
        table.Add("purchase_order", Cell.Count(123_456_789), "fact_purchase_order", Cell.Count(123_456_788), "2026-11-28 13:03:37", "1 rejected, 2 to transform, 3 to load");

        table.Write(terminal);

        var text = Colours().Replace(_output.ToString(), string.Empty);
        Assert.Contains("purchase_order", text, StringComparison.Ordinal);
        Assert.Contains("fact_purchase_order", text, StringComparison.Ordinal);
        Assert.Contains("123,456,789", text, StringComparison.Ordinal);
        Assert.Contains("123,456,788", text, StringComparison.Ordinal);
        Assert.All(["rejected", "transform", "load"], word => Assert.Contains(word, text, StringComparison.Ordinal));
        if (width >= 80) Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
        if (width is null) Assert.Equal(2, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_row_that_becomes_a_block_names_its_first_value_too()
    {
        new TextTable("valid from", "valid to").Add("2026-11-28 13:03:37", new string('x', 40)).Write(new Terminal(_output, TextWriter.Null, isPlain: true, isVerbose: false, width: 40));

        Assert.StartsWith("valid from 2026-11-28 13:03:37", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_has_a_cell_a_column() => Assert.Throws<ArgumentException>(() => new TextTable("a", "b").Add("1"));

    [Fact]
    public void Markup_in_a_value_is_text()
    {
        new TextTable("name").Add("[red]x[/]").Write(new Terminal(_output, TextWriter.Null, isPlain: true, isVerbose: false));

        Assert.Contains("[red]x[/]", _output.ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m", RegexOptions.CultureInvariant)]
    private static partial Regex Colours();
}
