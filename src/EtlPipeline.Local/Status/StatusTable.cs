using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Terminals;
using Spectre.Console;

namespace EtlPipeline.Local.Status;

/// <summary>The status as a table for people.</summary>
internal static class StatusTable
{
    public static void Show(Terminal terminal, PipelineStatus status)
    {
        var table = TableStyle.Create(
            terminal,
            "table",
            Column.Number("source rows"),
            "ingested",
            "target",
            "processed",
            "loaded",
            Column.Number("warehouse rows"),
            Column.Number("rejected"),
            "pending");
        foreach (var row in status.Tables)
        {
            table.AddRow(
                Cell.Of(row.Table?.Value),
                Cell.Count(row.SourceRows),
                Version(row.Ingested),
                Cell.Of(row.Target?.Value),
                Version(row.Processed),
                Version(row.Loaded),
                Cell.Count(row.WarehouseRows),
                Cell.Count(row.RejectedRows, "red"),
                Cell.Of(Pending(row), row.IsPending ? "yellow" : "grey"));
        }

        terminal.Console.Write(table);
        terminal.WriteLine(Summary(status));
    }

    // To the second: what lies below it tells people nothing.
    private static Text Version(TableVersion? version) =>
        Cell.Of(version?.Instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), version is null ? "grey" : "default");

    private static string Pending(TableStatus table) => (table.PendingTransform, table.PendingLoad) switch
    {
        (0, 0) => "nothing",
        (var transform, 0) => $"{transform} to transform",
        (0, var load) => $"{load} to load",
        var (transform, load) => $"{transform} to transform, {load} to load",
    };

    private static string Summary(PipelineStatus status)
    {
        var last = status.LastRunAge is { } age ? $"The last extract ended {Describe(age)} ago." : "No extract has ended yet.";
        return $"{last} {(status.IsUpToDate ? "Everything extracted is in the warehouse." : "Versions are pending: call `replay`, or wait for the next sweep.")}";
    }

    private static string Describe(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => $"{(long)age.TotalSeconds} seconds",
        { TotalHours: < 2 } => $"{(long)age.TotalMinutes} minutes",
        { TotalDays: < 2 } => $"{(long)age.TotalHours} hours",
        _ => $"{(long)age.TotalDays} days",
    };
}
