using System.CommandLine;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Reconciliation;

namespace EtlPipeline.Local.Commands;

/// <summary>Compares the warehouse with the source.</summary>
internal sealed class ReconcileCommand : ICommand
{
    private const string Explanation = """
        Every target's rows are made anew from the source's and compared with the warehouse, in key order. Rows that differ may be on their way,
        so they are looked at again after the next run has been loaded. Exit codes: 0 the warehouse has what the source has; 1 something is
        wrong, or nothing could be compared; 2 all is right, but rows are rejected; 4 rows differ, and no run has been loaded since.
        """;

    private readonly Option<bool> _run = new("--run")
    {
        Description = "If rows differ, start the next run instead of waiting for it.",
    };

    private readonly Option<bool> _noWait = new("--no-wait")
    {
        Description = "Don't look again: rows that differ are unconfirmed (exit code 4).",
    };

    private readonly Option<TimeSpan?> _wait = new("--wait")
    {
        Description = "How long to wait for the next run, such as 90s or 30m. Default: 15m.",
        HelpName = "interval",
        CustomParser = Interval.Parse,
    };

    private readonly Option<bool> _repair = new("--repair")
    {
        Description = "Let Extract read the tables of wrong rows again as a whole, then compare them again.",
    };

    private readonly Option<bool> _checksum = new("--checksum")
    {
        Description = "Compare the copies (stg_…) by a checksum of every row, which each server computes itself.",
    };

    private readonly Option<TableName?> _table = new("--table")
    {
        Description = "Compare only this table; use its name in the source or in the warehouse.",
        HelpName = "name",
        CustomParser = SharedOptions.ParseTable,
    };

    public Command Define()
    {
        var command = new ExplainedCommand("reconcile", "Compare the warehouse with the source, row by row.", Explanation) { _run, _noWait, _wait, _repair, _checksum, _table };
        command.Validators.Add(result =>
        {
            if (result.GetValue(_noWait) && (result.GetValue(_run) || result.GetValue(_repair) || result.GetResult(_wait) is { }))
                result.AddError("--no-wait can't be combined with --run, --repair or --wait: choose one.");
        });
        return command;
    }

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await context.ChoosePipelineAsync(isForMachine: false, cancellationToken);
        await using var source = settings.OpenSource()
            ?? throw new PipelineException("IS_OLTP_OK is False: there is no source database to compare the warehouse with, only generated sample tables.");
        await using var warehouse = settings.OpenWarehouse();
        var reconciler = new Reconciler(
            source, warehouse, context.Buckets.Open(settings.Extract.IngestionBucket), settings.Extract.Tables, context.Clock, new Notes(context.Terminal), settings.Extract.CopiedTables);
        var found = await reconciler.RunAsync(Options(context, settings), cancellationToken);
        new ReconciliationView(context).Write(found);
        return context.Parsed.GetValue(_repair) && found.TablesToRead.Count > 0
            ? await RepairAsync(context, settings, reconciler, found.TablesToRead, cancellationToken)
            : Judge(found);
    }

    private static ExitCode Judge(ReconciliationReport found) => found.Outcome switch
    {
        ReconciliationOutcome.Equal => found.Targets.Any(target => target.Rejected > 0) ? ExitCode.Rejected : ExitCode.Success,
        ReconciliationOutcome.Unconfirmed => ExitCode.Unconfirmed,
        _ => ExitCode.Failure,
    };

    private ReconcileOptions Options(CommandContext context, PipelineSettings settings)
    {
        var options = new ReconcileOptions { MayWait = !context.Parsed.GetValue(_noWait), IsChecksum = context.Parsed.GetValue(_checksum) };
        if (context.Parsed.GetValue(_table) is { } table) options = options with { Only = new HashSet<TableName> { table } };
        if (context.Parsed.GetValue(_wait) is { } limit) options = options with { WaitLimit = limit };

        // The demo has no scheduler, so nobody else would start the next run.
        return context.Parsed.GetValue(_run) || context.Parsed.GetValue(_repair) || settings.IsDemo
            ? options with { Run = token => RunAsync(context, settings, new RunOrder(), token) }
            : options;
    }

    private static async Task<ExitCode> RepairAsync(
        CommandContext context, PipelineSettings settings, Reconciler reconciler, IReadOnlySet<TableName> tables, CancellationToken cancellationToken)
    {
        context.Terminal.WriteLine($"Reading {string.Join(", ", tables)} again: an event asks for whole tables, so the round reads all of their segments.");
        await RunAsync(context, settings, ReplayCommand.Reading(tables), cancellationToken);
        var again = await reconciler.RunAsync(new ReconcileOptions { Only = tables, Run = token => RunAsync(context, settings, new RunOrder(), token) }, cancellationToken);
        new ReconciliationView(context).Write(again);
        return Judge(again);
    }

    /// <summary>Runs the pipeline. If a table can't be carried, the others are still judged.</summary>
    private static async Task RunAsync(CommandContext context, PipelineSettings settings, RunOrder order, CancellationToken cancellationToken)
    {
        try
        {
            await context.Run.RunAsync(settings, order, title: null, cancellationToken);
        }
        catch (RunFailedException exception)
        {
            ErrorMessage.Write(context.Terminal, exception, context.Hint);
        }
    }

    private sealed class Notes(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.WriteNote($"{value} …");
    }
}

/// <summary>What a reconciliation found: a table, and a line for each kind of difference. Of a row's values it shows only the key.</summary>
/// <param name="context">Where it is written.</param>
internal sealed class ReconciliationView(CommandContext context)
{
    private static readonly Dictionary<DifferenceKind, string> Kinds = new()
    {
        [DifferenceKind.Missing] = "missing",
        [DifferenceKind.WronglyEnded] = "ended although the source has them",
        [DifferenceKind.Surplus] = "not in the source",
        [DifferenceKind.Differing] = "with other values",
        [DifferenceKind.TwoCurrent] = "with two current records",
        [DifferenceKind.TwiceInSource] = "twice in the source",
        [DifferenceKind.NotListed] = "rejected and not listed",
        [DifferenceKind.WronglyListed] = "listed as rejected, but good or gone",
        [DifferenceKind.Checksum] = "other checksum",
    };

    public void Write(ReconciliationReport found)
    {
        var table = new TextTable("table", Column.Number("source"), Column.Number("warehouse"), Column.Number("rejected"), Column.Number("kept"), Column.Sentence("result"));
        foreach (var target in found.Targets)
        {
            table.Add(
                target.Target.Value,
                Cell.Count(target.Source is null || target.Outcome == TargetOutcome.NotCompared ? null : target.SourceRows),
                Cell.Count(target.Outcome == TargetOutcome.NotCompared ? null : target.WarehouseRows),
                Cell.Count(target.Rejected, "yellow"),
                Cell.Count(target.Kept),
                Result(target));
        }

        table.Write(context.Terminal);
        foreach (var target in found.Targets) WriteDifferences(target);
        context.Terminal.WriteLine(Sentence(found));
    }

    private static Cell Result(TargetReport target) => target.Outcome switch
    {
        TargetOutcome.Equal when target.LeftOut.Count > 0 => new Cell($"equal, without {string.Join(", ", target.LeftOut)}", "green"),
        TargetOutcome.Equal => new Cell(target.IsBlocked ? "equal; deletes wait to be accepted" : "equal", "green"),
        TargetOutcome.Faulty => new Cell($"{Cell.Number(target.Faults.Count)} wrong", "bold red"),
        TargetOutcome.Unconfirmed => new Cell($"{Cell.Number(target.Unconfirmed.Count)} unconfirmed{(target.Reason is { } reason ? $": {reason}" : string.Empty)}", "yellow"),
        _ => new Cell($"not compared: {target.Reason}", "yellow"),
    };

    private void WriteDifferences(TargetReport target)
    {
        foreach (var (list, word) in new[] { (target.Faults, "wrong"), (target.Unconfirmed, "unconfirmed") })
        {
            foreach (var (kind, count, first) in list.Kinds)
                context.Terminal.WriteLine($"{word}: {target.Target}: {Cell.Number(count)} {Kinds[kind]}{Keys(first, count)}");
        }
    }

    private static string Keys(IReadOnlyList<RowDifference> first, long count)
    {
        var keys = first.Where(row => row.Key is { }).Select(row =>
            string.Join('/', row.Key!.Values) + (row.Columns.Count > 0 ? $" [{string.Join(", ", row.Columns)}]" : string.Empty)).Distinct().ToList();
        return keys.Count == 0 ? string.Empty : $": {string.Join("; ", keys)}{(count > first.Count ? "; …" : string.Empty)}";
    }

    private string Sentence(ReconciliationReport found) => found.Outcome switch
    {
        ReconciliationOutcome.Faulty => $"The warehouse is wrong. Mend it: {context.Hint("reconcile --repair")}",
        ReconciliationOutcome.Unconfirmed => $"Rows differ that may be on their way. Run the pipeline and look again: {context.Hint("reconcile --run")}",
        ReconciliationOutcome.NothingCompared => "There was no row to compare, so nothing is known.",
        _ when found.Targets.Any(target => target.Rejected > 0) => $"The warehouse has what the source has, except rejected rows{NotCompared(found)}. List them: {context.Hint("rejected")}",
        _ => $"The warehouse has what the source has{NotCompared(found)}.",
    };

    private static string NotCompared(ReconciliationReport found) => found.Targets.Count(target => target.Outcome == TargetOutcome.NotCompared) switch
    {
        0 => string.Empty,
        1 => "; one table was not compared",
        var count => $"; {Cell.Number(count)} tables were not compared",
    };
}
