using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EtlPipeline.Local.Terminals;

/// <summary>A column of a table on the terminal.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="IsNumber">Whether its values are flushed right.</param>
/// <param name="CanWrap">Whether its values may be broken between words.</param>
internal readonly record struct Column(string Heading, bool IsNumber = false, bool CanWrap = false)
{
    public static Column Number(string heading) => new(heading, IsNumber: true);

    public static Column Sentence(string heading) => new(heading, CanWrap: true);

    public static implicit operator Column(string heading) => new(heading);
}

/// <summary>A value in a table.</summary>
/// <param name="Text">What is shown; never read as markup.</param>
/// <param name="Style">Its style in Spectre's notation, such as <c>bold red</c>.</param>
internal readonly record struct Cell(string Text, string Style = "default")
{
    public static Cell Of(string? text, string style = "default") => text is null ? new Cell("–", "grey") : new Cell(text, style);

    /// <summary>A count; zero is dim, so that what happened stands out.</summary>
    public static Cell Count(long? count, string style = "default") => count switch
    {
        null => new Cell("–", "grey"),
        0 => new Cell("0", "grey"),
        _ => new Cell(Number(count.Value), style),
    };

    public static Cell Duration(TimeSpan duration) => new($"{duration.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s", "grey");

    /// <summary>A size in a readable unit.</summary>
    public static Cell Size(long bytes) => bytes switch
    {
        0 => new Cell("0", "grey"),
        < 10_000 => new Cell($"{Number(bytes)} B"),
        < 10_000_000 => new Cell($"{Number(bytes / 1000)} kB"),
        _ => new Cell($"{Number(bytes / 1_000_000)} MB"),
    };

    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static implicit operator Cell(string? text) => Of(text);
}

/// <summary>
/// A table that fits the terminal without losing a character: if its rows are wider, columns of sentences are wrapped; if that doesn't
/// help, each row becomes a block with one line per value, like psql's expanded display.
/// </summary>
/// <param name="columns">The columns; the first one names the row.</param>
internal sealed class TextTable(params IReadOnlyList<Column> columns)
{
    private const int NarrowestSentence = 16;
    private readonly List<Cell[]> _rows = [];

    /// <summary>How many rows it has.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row, one cell per column.</summary>
    public TextTable Add(params Cell[] cells)
    {
        if (cells.Length != columns.Count) throw new ArgumentException($"The table has {columns.Count} columns.", nameof(cells));
        _rows.Add(cells);
        return this;
    }

    /// <summary>Writes the table.</summary>
    public void Write(Terminal terminal)
    {
        if (WidthsWithin(terminal.Width ?? int.MaxValue, terminal.IsPlain) is { } widths) terminal.Console.Write(Lay(terminal.IsPlain, widths));
        else WriteBlocks(terminal);
    }

    /// <summary>The table for a live display: always in rows, cut at the terminal's edge.</summary>
    public Table ToRows(Terminal terminal) => Lay(terminal.IsPlain, WidthsWithin(terminal.Width ?? int.MaxValue, terminal.IsPlain) ?? NaturalWidths());

    private Table Lay(bool isPlain, int[] widths)
    {
        var table = new Table { Border = isPlain ? TableBorder.None : TableBorder.Rounded, BorderStyle = Style.Parse("grey") };
        for (var i = 0; i < columns.Count; i++)
        {
            table.AddColumn(new TableColumn(new Text(columns[i].Heading, Style.Parse("bold")))
            {
                Alignment = columns[i].IsNumber ? Justify.Right : Justify.Left,
                NoWrap = !columns[i].CanWrap,
                Width = widths[i],
            });
        }

        foreach (var row in _rows) table.AddRow(row.Select(cell => new Text(cell.Text, Style.Parse(cell.Style))));
        return table;
    }

    private void WriteBlocks(Terminal terminal)
    {
        var longest = columns.Max(column => column.Heading.Length);
        foreach (var row in _rows)
        {
            terminal.WriteLine($"{columns[0].Heading} {row[0].Text}");
            for (var i = 1; i < columns.Count; i++) terminal.WriteLine($"  {columns[i].Heading.PadRight(longest)}  {row[i].Text}");
        }
    }

    private int[] NaturalWidths() =>
        [.. columns.Select((column, i) => Math.Max(WidthOf(column.Heading), _rows.Select(row => WidthOf(row[i].Text)).DefaultIfEmpty(0).Max()))];

    /// <summary>The column widths with which a row fits; null if it can't.</summary>
    private int[]? WidthsWithin(int width, bool isPlain)
    {
        var widths = NaturalWidths();
        // A border takes a character and two spaces per column; without one, two spaces separate the columns.
        var free = width - (isPlain ? 2 * columns.Count : (3 * columns.Count) + 1);
        while (widths.Sum(natural => (long)natural) > free)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(i => columns[i].CanWrap && widths[i] > NarrowestSentence).OrderByDescending(i => widths[i]).FirstOrDefault(-1);
            if (widest < 0) return null;
            widths[widest]--;
        }

        return widths;
    }

    /// <summary>How many terminal cells a text takes: those of its widest line.</summary>
    private static int WidthOf(string text) => text.Split('\n').Max(line => Segment.CellCount([new Segment(line)]));
}
