using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Status;

/// <summary>The status as a table and sentences for people.</summary>
internal static class StatusTable
{
    public static void Show(Terminal terminal, PipelineStatus status, Func<string, string> hint)
    {
        var table = new TextTable(
            "table",
            Column.Number("source rows"),
            Column.Sentence("segments"),
            "target",
            Column.Number("warehouse rows"),
            "verified through",
            Column.Sentence("what is open"));
        foreach (var row in status.Tables)
        {
            table.Add(
                row.Table?.Value,
                Cell.Count(row.SourceRows),
                Segments(row),
                row.Target?.Value,
                row.IsEstimate ? Cell.Of($"~{Cell.Number(row.WarehouseRows!.Value)}") : Cell.Count(row.WarehouseRows),
                row.Table is null ? Cell.Of("computed, not read", "grey") : Moment(row.VerifiedThrough?.Instant),
                Open(row));
        }

        table.Write(terminal);
        foreach (var sentence in Sentences(status)) terminal.WriteLine(PasteableCommands.In(sentence, hint));
    }

    private static Cell Segments(TableStatus table)
    {
        if (table.KnownSegments is not { } known) return Cell.Of(null);
        if (table is { UnknownSegments: 0, DueSegments: 0 }) return Cell.Of($"{known} known", "grey");
        var parts = new List<string> { $"{known} known" };
        if (table.UnknownSegments > 0) parts.Add($"{table.UnknownSegments} unknown");
        if (table.DueSegments > 0) parts.Add($"{table.DueSegments} due");
        return Cell.Of(string.Join(", ", parts), "yellow");
    }

    // To the second: fractions tell people nothing.
    private static Cell Moment(DateTimeOffset? moment) => Cell.Of(moment?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    private static Cell Open(TableStatus table)
    {
        var open = new List<string>();
        if (table.IsBlocked) open.Add("blocked: a chunk would end most of its rows");
        if (table.RejectedRows > 0) open.Add($"{Cell.Number(table.RejectedRows)} rejected");
        if (table.PendingTransform > 0) open.Add($"{table.PendingTransform} to transform");
        if (table.PendingLoad > 0) open.Add($"{table.PendingLoad} to load");
        if (table.IsRetired) open.Add($"retired: {table.Table} has a target of its own now");
        if (table.IsUnread) open.Add("no longer read: the source or AWS_TABLES_LIST has no such table");
        if (open.Count == 0) return Cell.Of("nothing", "grey");
        return Cell.Of(string.Join(", ", open), table.IsBlocked || table.RejectedRows > 0 ? "red" : "yellow");
    }

    private static IEnumerable<string> Sentences(PipelineStatus status)
    {
        foreach (var notice in status.Notices) yield return notice;
        var last = status.LastRunAge is { } age ? $"The last Extract that did all its work ended {Age.Describe(age)} ago." : "No Extract has done all its work yet.";
        yield return $"{last} {(status.Tables.Any(table => table.IsPending) ? "Versions are pending: call `replay`, or wait for the next sweep." : "Everything extracted is in the warehouse.")}";
        yield return Verified(status);
        foreach (var table in status.Tables.Where(table => table.IsBlocked))
            yield return $"{table.Target} is blocked: if these rows were really deleted, call `run --accept-deletes {table.Table}`; if not, mend the source.";
        foreach (var table in status.Tables.Where(table => table is { IsUnread: true, RejectedRows: > 0 }))
            yield return $"{table.Table} is no longer read. Forget its rejected rows: DELETE FROM {SqlIdentifier.Quote(status.Schema, "etl_rejected")} WHERE target = '{table.Target}'";
        if (status.RejectedRows > 0) yield return "Rows are rejected; `rejected` lists them with their reasons.";
    }

    private static string Verified(PipelineStatus status)
    {
        var counts = $"{Count(status.Corrections, "correction")}, {Cell.Number(status.RejectedRows)} rejected";
        return status.VerifiedThrough is { } since
            ? $"Every row compared with the source since {since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC; {counts}."
            : $"Not every row has been compared with the source yet; {counts}.";
    }

    private static string Count(long number, string what) => $"{Cell.Number(number)} {what}{(number == 1 ? string.Empty : "s")}";
}
