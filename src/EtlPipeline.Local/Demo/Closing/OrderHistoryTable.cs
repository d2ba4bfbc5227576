using System.Globalization;
using EtlPipeline.Local.Terminals;
using Spectre.Console;

namespace EtlPipeline.Local.Demo.Closing;

/// <summary>How one order changed after it was placed.</summary>
internal static class OrderHistoryTable
{
    public static void Show(Terminal terminal, IReadOnlyList<OrderRecord> history)
    {
        if (history.Count == 0) return;
        terminal.WriteHeading($"The history of sales order {history[0].Order}");
        var table = TableStyle.Create(
            terminal, Column.Number("record"), "last_updated in the source", "what happened", "changed", "staff", "design", Column.Number("units"), "delivery");
        foreach (var record in history)
        {
            table.AddRow(
                Cell.Of(record.Record.ToString(CultureInfo.InvariantCulture)),
                Cell.Of(record.LastUpdated.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)),
                Cell.Of(record.Kind, StyleOf(record)),
                Cell.Of(record.Changed),
                Cell.Of(record.Staff),
                Cell.Of(record.Design),
                Cell.Count(record.Units),
                Cell.Of($"{record.Delivery.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {record.City}"));
        }

        terminal.Console.Write(table);
        if (history.Any(record => record.IsSilent))
            terminal.WriteNote("A silent update left last_updated as it was. A pipeline that trusts that column never sees it.");
    }

    private static string StyleOf(OrderRecord record) => record.IsSilent ? "bold yellow" : record.Kind == "deleted" ? "magenta" : "default";
}
