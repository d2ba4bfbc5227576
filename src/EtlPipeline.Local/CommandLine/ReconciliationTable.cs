using System.Globalization;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Reconciliation;
using Spectre.Console;

namespace EtlPipeline.Local.CommandLine;

/// <summary>What was found, for people: a line a target, then the keys of the rows that are wrong.</summary>
internal static class ReconciliationTable
{
    public static void Show(Terminal terminal, IReadOnlyList<TargetReport> reports)
    {
        var table = TableStyle.Create(
            terminal,
            "target",
            "loaded",
            Column.Number("source rows"),
            Column.Number("warehouse rows"),
            Column.Number("missing"),
            Column.Number("surplus"),
            Column.Number("differing"),
            Column.Number("pending"),
            Column.Number("kept"));
        foreach (var report in reports)
        {
            table.AddRow(
                Cell.Of(report.Target.Value),
                Cell.Of(report.Loaded?.Instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                Cell.Count(report.SourceRows),
                Cell.Count(report.WarehouseRows),
                Cell.Count(report[DifferenceKind.Missing].Count, "red"),
                Cell.Count(report[DifferenceKind.Surplus].Count, "red"),
                Cell.Count(report[DifferenceKind.Differing].Count, "red"),
                Cell.Count(report.Pending, "yellow"),
                Cell.Count(report.Kept));
        }

        terminal.Console.Write(table);
        foreach (var report in reports.Where(report => report.Wrong > 0)) ShowFaults(terminal, report);
    }

    private static void ShowFaults(Terminal terminal, TargetReport report)
    {
        foreach (var kind in Enum.GetValues<DifferenceKind>().Where(kind => report[kind].Count > 0))
            terminal.WriteLine($"{report.Target}, {Describe(kind)}: {Describe(report[kind])}");

        if (report.Doubt is not { } doubt) return;
        terminal.WriteLine(
            $"{report.Target}: {doubt}, so what changed in the source since then is counted too. Run the pipeline, and reconcile again.");
    }

    private static string Describe(FaultList faults)
    {
        var keys = string.Join(", ", faults.First.Select(Describe));
        var more = faults.Count - faults.First.Count;
        return more == 0 ? keys : $"{keys} and {Cell.Number(more)} more";
    }

    private static string Describe(RowDifference difference)
    {
        var key = difference.Key.ToString(CultureInfo.InvariantCulture);
        return difference.Columns.Count == 0 ? key : $"{key} ({string.Join(", ", difference.Columns)})";
    }

    private static string Describe(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Missing => "missing",
        DifferenceKind.Surplus => "surplus",
        _ => "differing",
    };
}
