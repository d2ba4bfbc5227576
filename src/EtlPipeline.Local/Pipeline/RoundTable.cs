using EtlPipeline.Local.Terminals;
using Spectre.Console;

namespace EtlPipeline.Local.Pipeline;

/// <summary>A round as a table, a row for each table of the source.</summary>
internal static class RoundTable
{
    public static Table Create(Terminal terminal, IReadOnlyList<TableProgress> tables)
    {
        var table = TableStyle.Create(
            terminal,
            "table",
            Column.Number("read"),
            Column.Number("changed"),
            Column.Number("deleted"),
            Column.Number("rejected"),
            Column.Number("loaded"),
            Column.Number("time"),
            "state");
        foreach (var row in tables) AddRow(table, row);
        return table;
    }

    private static void AddRow(Table table, TableProgress row)
    {
        var (state, style) = Describe(row.Step);
        table.AddRow(
            Cell.Of(row.Table.Value),
            Cell.Count(row.Read),
            Cell.Count(row.Changed, "green"),
            Cell.Count(row.Deleted, "magenta"),
            Cell.Count(row.Rejected, "red"),
            Cell.Count(row.Loaded, "bold green"),
            Cell.Duration(row.Elapsed),
            Cell.Of(state, style));
    }

    private static (string State, string Style) Describe(TableStep step) => step switch
    {
        TableStep.Waiting => ("waiting", "grey"),
        TableStep.Unchanged => ("unchanged", "grey"),
        TableStep.Extracted => ("extracted", "yellow"),
        TableStep.Transformed => ("transformed", "yellow"),
        _ => ("loaded", "green"),
    };
}
