using System.CommandLine;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Load;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Commands;

/// <summary>What the next run would do.</summary>
internal sealed class PlanCommand : ICommand
{
    private const string Explanation = """
        The plan is a rehearsal: the three stages do what the next run would do, on the same source. What they write to the buckets goes into a
        temporary folder, and what they write to the warehouse into one transaction that is rolled back. So it takes as long as the run and asks
        for the same rights, it locks what the run would lock, and while the source stands still it says exactly what the run will do.

        The keys of --json are stable: places, tables (each with table, reasons, rowsRead, bytesSent, rowsWritten, rowsDeleted, rowsRejected and
        corrections), schemaChanges (each with table, column, before and after) and rejectedRows. What isn't known is null.

        Exit codes, as the run would have them: 0, 1 if something could not be done, 2 if rows would be rejected.
        """;

    private readonly RunOptions _options = new();

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write a JSON document, and nothing else, to standard output.",
    };

    public Command Define() =>
        new ExplainedCommand("plan", "Show what the next run would read, send, write, delete and migrate, without doing it.", Explanation) { _options.Table, _options.AcceptDeletes, _json };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var isForMachine = context.Parsed.GetValue(_json);
        var settings = await context.ChoosePipelineAsync(isForMachine, cancellationToken);
        var (progress, startedAt) = (new RunProgress(), context.Clock.GetTimestamp());
        using var rehearsal = new Rehearsal();
        RunOutcome outcome;
        await using (var pipeline = new LocalPipeline(settings, context.Buckets, progress, context.Clock, context.Log.Logger, rehearsal))
            outcome = await pipeline.RunAsync(_options.Read(context.Parsed, settings.Extract.Tables), cancellationToken);

        if (isForMachine) context.Terminal.WriteLine(PlanJson.Write(settings, progress.Tables, rehearsal.Load));
        else Show(context, progress.Tables, rehearsal.Load, outcome, context.Clock.GetElapsedTime(startedAt));
        context.Log.WriteWarnings();
        if (outcome.Extract is { IsSkipped: true }) throw new PipelineException("Another Extract is at work on these buckets, so the next run can't be predicted. Plan again when it has ended.");
        if (!outcome.IsSuccess) throw new RunFailedException(outcome.Failures);
        if (context.Log.HasErrors) return ExitCode.Failure;
        return rehearsal.Load is { RejectedRows: > 0 } ? ExitCode.Rejected : ExitCode.Success;
    }

    private static void Show(CommandContext context, IReadOnlyList<TableProgress> tables, LoadRehearsal? load, RunOutcome outcome, TimeSpan elapsed)
    {
        if (tables.Count > 0) Table(tables).Write(context.Terminal);
        foreach (var change in load?.SchemaChanges ?? []) context.Terminal.WriteLine($"The warehouse would get {Describe(change)}.");
        if (load is { RejectedRows: > 0 }) context.Terminal.WriteLine($"Rejected in total, after the run: {Cell.Number(load.RejectedRows)}.");
        context.Terminal.WriteLine($"The next run: {PlanSentence(tables)}{(outcome.IsSuccess ? string.Empty : "; not all could be done")}. Rehearsed in {elapsed.TotalSeconds:0.0} s and rolled back. To do it: {context.Hint("run")}");
    }

    private static TextTable Table(IReadOnlyList<TableProgress> tables)
    {
        var table = new TextTable(
            "table", "why", Column.Number("to read"), Column.Number("to send"), Column.Number("to write"), Column.Number("to delete"), Column.Number("to reject"));
        foreach (var row in tables)
        {
            table.Add(
                row.Table.Value,
                row.Reasons.Count == 0 ? "pending" : string.Join(", ", row.Reasons.Select(reason => reason.ToText())),
                Cell.Count(row.Read),
                Cell.Size(row.Sent),
                Cell.Count(row.Written, "bold green"),
                Cell.Count(row.Deleted, "magenta"),
                Cell.Count(row.Rejected, "red"));
        }

        return table;
    }

    private static string PlanSentence(IReadOnlyList<TableProgress> tables)
    {
        if (tables.All(table => table.Read == 0 && !table.HasChanged)) return "nothing to do";
        var read = tables.Sum(table => table.Read);
        return $"{Cell.Number(read)} {(read == 1 ? "row" : "rows")} to read, {Sum(table => table.Written)} to write, {Sum(table => table.Deleted)} to delete, {Sum(table => table.Rejected)} to reject";

        string Sum(Func<TableProgress, long> rows) => Cell.Number(tables.Sum(rows));
    }

    private static string Describe(SchemaChange change) => change switch
    {
        { Column: null } => $"the table {change.Table}",
        { Before: null } => $"the column {change.Table}.{change.Column}, {change.After}",
        _ => $"{change.Table}.{change.Column} as {change.After}, which is {change.Before} now",
    };
}

/// <summary>A plan as JSON.</summary>
internal static class PlanJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static string Write(PipelineSettings settings, IReadOnlyList<TableProgress> tables, LoadRehearsal? load) => JsonSerializer.Serialize(
        new
        {
            settings.Places,
            Tables = tables.Select(table => new
            {
                Table = table.Table.Value,
                Reasons = table.Reasons.Select(reason => reason.ToText()),
                RowsRead = table.Read,
                BytesSent = table.Sent,
                RowsWritten = table.Written,
                RowsDeleted = table.Deleted,
                RowsRejected = table.Rejected,
                table.Corrections,
            }),
            load?.SchemaChanges,
            load?.RejectedRows,
        },
        Options);
}
