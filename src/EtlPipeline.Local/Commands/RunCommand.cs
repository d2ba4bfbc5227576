using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Status;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Targets;

namespace EtlPipeline.Local.Commands;

/// <summary>The options that a run and a plan of it have in common.</summary>
internal sealed class RunOptions
{
    /// <summary>The only table.</summary>
    public Option<TableName?> Table { get; } = new("--table")
    {
        Description = "Carry only this table and the look-ups that it needs; use its name in the source or in the warehouse.",
        HelpName = "name",
        CustomParser = SharedOptions.ParseTable,
    };

    /// <summary>A table that may have lost most of its rows.</summary>
    public Option<TableName?> AcceptDeletes { get; } = new("--accept-deletes")
    {
        Description = "Accept that this table has lost most of its rows. Otherwise that is refused.",
        HelpName = "table",
        CustomParser = SharedOptions.ParseTable,
    };

    /// <summary>What was asked for.</summary>
    /// <exception cref="PipelineException">A table isn't in the list.</exception>
    public RunOrder Read(ParseResult parsed, TableList list)
    {
        var request = parsed.GetValue(AcceptDeletes) is { } accepted
            ? ExtractRequest.Scheduled with { AcceptDeletes = new HashSet<TableName> { ChosenTables.Find(list, TargetCatalogue.SourceOf(accepted)).Name } }
            : ExtractRequest.Scheduled;
        return parsed.GetValue(Table) is { } table
            ? new RunOrder { Extract = request, Only = [TargetCatalogue.SourceOf(table)], IsSweep = false }
            : new RunOrder { Extract = request };
    }
}

/// <summary>The pipeline, once or at an interval.</summary>
internal sealed class RunCommand : ICommand
{
    private const int MostReasons = 5;

    private readonly RunOptions _options = new();

    private readonly Option<TimeSpan?> _every = new("--every")
    {
        Description = "Run again at this interval, such as 30s, 5m or 1h, until Ctrl-C: one line per run, and details only if something happened. An error doesn't stop it.",
        HelpName = "interval",
        CustomParser = Interval.Parse,
    };

    public Command Define() => new("run", "Run the pipeline: extract what changed, transform it, load it.") { _every, _options.Table, _options.AcceptDeletes };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await context.ChoosePipelineAsync(isForMachine: false, cancellationToken);
        var order = _options.Read(context.Parsed, settings.Extract.Tables);
        if (context.Parsed.GetValue(_every) is { } interval) return await RepeatAsync(context, settings, order, interval, cancellationToken);
        return Judge(context, await context.Run.RunAsync(settings, order, title: null, cancellationToken));
    }

    /// <summary>The exit code of a run that completed, and the warning if rows are rejected.</summary>
    public static ExitCode Judge(CommandContext context, IReadOnlyList<RejectedGroup> rejected)
    {
        if (rejected.Count > 0) Warn(context, rejected);
        return context.Log.HasErrors ? ExitCode.Failure : rejected.Count > 0 ? ExitCode.Rejected : ExitCode.Success;
    }

    private static void Warn(CommandContext context, IReadOnlyList<RejectedGroup> rejected)
    {
        var count = rejected.Sum(group => group.Count);
        context.Terminal.Error.WriteLine($"warning: {Rows(count)} rejected and not in the warehouse. List them: {context.Hint("rejected")}");
        foreach (var group in rejected.Take(MostReasons))
            context.Terminal.Error.WriteLine($"  {group.Target}: {Rows(group.Count)} rejected{(group.FirstKey is { } key ? $", such as {key}" : string.Empty)}: {group.Reason}");
        if (rejected.Count > MostReasons) context.Terminal.Error.WriteLine($"  … and for {rejected.Count - MostReasons} other reasons");

        static string Rows(long count) => $"{Cell.Number(count)} {(count == 1 ? "row is" : "rows are")}";
    }

    private static async Task<ExitCode> RepeatAsync(
        CommandContext context, PipelineSettings settings, RunOrder order, TimeSpan interval, CancellationToken cancellationToken)
    {
        var (runs, failedRuns, isAnyRejected) = (0, 0, false);
        try
        {
            await new RunLoop(interval, context.Clock).RunAsync(RunOnceAsync, cancellationToken);
        }
        // A run that was cut off may end with an error of its own.
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            context.Terminal.WriteNote($"Ended after {runs} runs, {failedRuns} of them with errors.");
        }

        return failedRuns > 0 || context.Log.HasErrors ? ExitCode.Failure : isAnyRejected ? ExitCode.Rejected : ExitCode.Success;

        async Task RunOnceAsync(bool isSweep, CancellationToken token)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"{context.Clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC, run {runs + 1}");
            try
            {
                isAnyRejected = (await context.Run.RunAsync(settings, order with { IsSweep = order.IsSweep && isSweep }, title, token)).Count > 0;
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                failedRuns++;
                ErrorMessage.Write(context.Terminal, exception, context.Hint);
            }

            // Deletes were accepted for one run, not for the next ones.
            order = order with { Extract = ExtractRequest.Scheduled };
            runs++;
        }
    }
}

/// <summary>Reads intervals such as <c>30s</c>, <c>5m</c> and <c>1h</c>.</summary>
internal static class Interval
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The interval of an option. Anything else is a command-line error.</summary>
    public static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 0 ? string.Empty : argument.Tokens[0].Value;
        if (TryParse(text, out var interval)) return interval;
        argument.AddError($"'{text}' isn't an interval: write a whole number and s, m or h, such as 30s, 5m or 1h; from 1s to 24h.");
        return null;
    }

    public static bool TryParse(string text, out TimeSpan interval)
    {
        interval = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        if (unit == TimeSpan.Zero || number < 1 || number > Longest / unit) return false;
        interval = unit * number;
        return true;
    }
}

/// <summary>
/// Runs at an interval in place of the scheduler. The interval counts from the start of the last run; if that run took longer, the next one begins
/// at once. Every fifteen minutes a run sweeps.
/// </summary>
/// <param name="interval">The time between the starts of two runs.</param>
/// <param name="clock">Measures it.</param>
internal sealed class RunLoop(TimeSpan interval, TimeProvider clock)
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(15);

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="run">The run; the argument says whether it sweeps. It handles its own failures.</param>
    /// <param name="cancellationToken">Ends the loop, and the run that is going on.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; it ends in no other way.</exception>
    public async Task RunAsync(Func<bool, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        DateTimeOffset? sweptAt = null;
        while (true)
        {
            var startedAt = clock.GetUtcNow();
            var isSweep = sweptAt is null || startedAt - sweptAt >= SweepInterval;
            if (isSweep) sweptAt = startedAt;
            await run(isSweep, cancellationToken);
            var pause = startedAt + interval - clock.GetUtcNow();
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, clock, cancellationToken);
        }
    }
}
