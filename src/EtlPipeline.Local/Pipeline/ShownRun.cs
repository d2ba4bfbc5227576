using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Status;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Targets;
using Spectre.Console;

namespace EtlPipeline.Local.Pipeline;

/// <summary>A run that the reader watches. Each has new functions, as after a cold start.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="log">Its log.</param>
/// <param name="buckets">Opens its buckets.</param>
/// <param name="clock">Its clock.</param>
internal sealed class ShownRun(Terminal terminal, CommandLog log, ObjectStores buckets, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Runs, and shows what happened.</summary>
    /// <param name="settings">The pipeline.</param>
    /// <param name="order">What to do.</param>
    /// <param name="title">What precedes the one line of a quiet run; null for a run that is shown in full.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The rows that are rejected and have not been mended since.</returns>
    /// <exception cref="RunFailedException">Something failed; everything else was done.</exception>
    public async Task<IReadOnlyList<RejectedGroup>> RunAsync(PipelineSettings settings, RunOrder order, string? title, CancellationToken cancellationToken)
    {
        var (progress, startedAt) = (new RunProgress(), clock.GetTimestamp());
        RunOutcome outcome;
        await using (var pipeline = new LocalPipeline(settings, buckets, progress, clock, log.Logger))
        {
            outcome = title is null && terminal.IsLive
                ? await WatchAsync(pipeline, progress, await ExpectedRows.ReadAsync(settings, order, buckets, clock, cancellationToken), order, cancellationToken)
                : await pipeline.RunAsync(order, cancellationToken);
        }

        Show(progress, outcome, title, clock.GetElapsedTime(startedAt));
        log.WriteWarnings();
        if (!outcome.IsSuccess) throw new RunFailedException(outcome.Failures);
        return await ReadRejectedAsync(settings, cancellationToken);
    }

    private async Task<RunOutcome> WatchAsync(
        LocalPipeline pipeline, RunProgress progress, ExpectedRows expected, RunOrder order, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        return await terminal.Console.Live(new Text("Looking for what changed …", Style.Parse("grey"))).AutoClear(true).StartAsync(async live =>
        {
            var run = pipeline.RunAsync(order, cancellationToken);
            while (!run.IsCompleted)
            {
                await Task.WhenAny(run, Task.Delay(Pause, clock, CancellationToken.None));
                if (progress.Tables is not { Count: > 0 } tables) continue;
                var line = new Text(expected.Describe(tables, clock.GetElapsedTime(startedAt)), Style.Parse("grey"));
                live.UpdateTarget(new Rows(RunTable.Of(tables).ToRows(terminal), line));
            }

            return await run;
        });
    }

    private void Show(RunProgress progress, RunOutcome outcome, string? title, TimeSpan elapsed)
    {
        var shown = title is null ? progress.Tables : [.. progress.Tables.Where(table => table.HasChanged)];
        if (title is { }) terminal.WriteLine($"{title}: {RunTable.Summarize(progress.Tables, outcome, elapsed)}");
        if (shown.Count > 0) RunTable.Of(shown).Write(terminal);
        if (title is null) terminal.WriteLine(RunTable.Summarize(progress.Tables, outcome, elapsed));
    }

    private static async Task<IReadOnlyList<RejectedGroup>> ReadRejectedAsync(PipelineSettings settings, CancellationToken cancellationToken)
    {
        await using var warehouse = settings.OpenWarehouse();
        await using var state = await WarehouseState.OpenAsync(warehouse, cancellationToken);
        return await state.ReadRejectedAsync(cancellationToken);
    }
}

/// <summary>Invocations of a run failed. One that fails on every doorbell is named once.</summary>
internal sealed class RunFailedException(IReadOnlyList<InvocationFailure> failures)
    : Exception("The run is not complete.", new AggregateException(failures.Select(failure => failure.Exception)))
{
    /// <summary>What failed, one sentence per function and table.</summary>
    public IReadOnlyList<string> Faults { get; } = [.. failures.SelectMany(Describe).Distinct()];

    private static IEnumerable<string> Describe(InvocationFailure failure) => failure.Exception is StageFailedException stage
        ? stage.Failures.Select(table => $"{failure.Function}: {table.Subject}: {table.Cause.Message}")
        : [$"{failure.Function}: {failure.Exception.Message}"];
}

/// <summary>A run as a table, a row for each table of the source, and as a sentence.</summary>
internal static class RunTable
{
    public static TextTable Of(IReadOnlyList<TableProgress> tables)
    {
        var table = new TextTable(
            "table",
            Column.Number("read"),
            Column.Number("written"),
            Column.Number("deleted"),
            Column.Number("rejected"),
            Column.Number("time"),
            "state");
        foreach (var row in tables)
        {
            table.Add(
                row.Table.Value,
                Cell.Count(row.Read),
                Cell.Count(row.Written, "bold green"),
                Cell.Count(row.Deleted, "magenta"),
                Cell.Count(row.Rejected, "red"),
                Cell.Duration(row.Elapsed),
                State(row));
        }

        return table;
    }

    /// <summary>What happened, in a sentence.</summary>
    public static string Summarize(IReadOnlyList<TableProgress> tables, RunOutcome outcome, TimeSpan elapsed)
    {
        var changed = tables.Where(table => table.HasChanged).ToList();
        var what = changed.Count == 0 ? "nothing changed" : Describe(changed);
        var skipped = outcome.Extract is { IsSkipped: true } ? "; another Extract is at work, so this one read nothing" : string.Empty;
        var failed = outcome.IsSuccess ? string.Empty : "; not all could be done";
        return string.Create(CultureInfo.InvariantCulture, $"{what}{skipped}{failed} ({elapsed.TotalSeconds:0.0} s)");
    }

    private static string Describe(List<TableProgress> changed)
    {
        var parts = new List<string>();
        Add(changed.Sum(table => table.Written), "written");
        Add(changed.Sum(table => table.Deleted), "deleted");
        Add(changed.Sum(table => table.Rejected), "rejected");
        Add(changed.Sum(table => table.Corrections), "of them corrections that the daily round made");
        return $"{string.Join(", ", parts)} in {changed.Count} {(changed.Count == 1 ? "table" : "tables")}";

        void Add(long rows, string what)
        {
            if (rows > 0) parts.Add(parts.Count == 0 ? $"{Cell.Number(rows)} {(rows == 1 ? "row" : "rows")} {what}" : $"{Cell.Number(rows)} {what}");
        }
    }

    private static Cell State(TableProgress table) => table.Step switch
    {
        TableStep.Extracted when TargetCatalogue.IsLookUp(table.Table) => new Cell("look-up", "grey"),
        TableStep.Extracted => new Cell("extracted", "yellow"),
        TableStep.Transformed => new Cell("transformed", "yellow"),
        _ => new Cell("loaded", "green"),
    };
}
