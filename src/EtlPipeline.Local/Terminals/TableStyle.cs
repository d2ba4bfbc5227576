using Spectre.Console;

namespace EtlPipeline.Local.Terminals;

/// <summary>How tables look: with rounded borders on a terminal, as bare columns in plain text.</summary>
internal static class TableStyle
{
    public static Table Create(Terminal terminal, params ReadOnlySpan<Column> columns)
    {
        var table = new Table { Border = terminal.IsPlain ? TableBorder.None : TableBorder.Rounded, BorderStyle = Style.Parse("grey") };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Heading, Style.Parse("bold")))
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                NoWrap = column.IsNumber,
            });
        }

        return table;
    }
}
