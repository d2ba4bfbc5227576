using System.CommandLine;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Status;

namespace EtlPipeline.Local.Commands;

/// <summary>How far each table has come.</summary>
internal sealed class StatusCommand : ICommand
{
    private const string Explanation = """
        The columns:
          source rows       as the newest version counted them
          segments          the parts of the table by key: known, unknown (never read), due (to be read again)
          verified through  every row has been compared with the source since then, except rejected ones
          what is open      rejected rows, versions that wait, blocked targets

        The keys of --json are stable: places, checkedAt, lastRunAt, lastRunAgeSeconds, isUpToDate, verifiedThrough, corrections, rejectedRows,
        notices and tables, each of these with table, target, sourceRows, knownSegments, unknownSegments, dueSegments, ingestedVersion,
        processedVersion, loadedVersion, verifiedThrough, historySince, warehouseRows, warehouseRowsAreEstimated, corrections, rejectedRows,
        pendingTransform, pendingLoad, isBlocked, isRetired and isUnread. What isn't known is null.

        Exit codes: 0 if all is right, 1 if a target is blocked or the pipeline can't be looked at, 2 if rows are rejected.
        """;

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write a JSON document, and nothing else, to standard output.",
    };

    public Command Define() => new ExplainedCommand("status", "Show how far each table has come from the source to the warehouse.", Explanation) { _json };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var isForMachine = context.Parsed.GetValue(_json);
        var settings = await context.ChoosePipelineAsync(isForMachine, cancellationToken);
        var status = await new StatusReader(settings, context.Buckets, context.Clock).ReadAsync(cancellationToken);
        if (isForMachine) context.Terminal.WriteLine(StatusJson.Write(status));
        else StatusTable.Show(context.Terminal, status, context.Hint);
        if (status.Tables.Any(table => table.IsBlocked) || status.Notices.Count > 0) return ExitCode.Failure;
        return status.RejectedRows > 0 ? ExitCode.Rejected : ExitCode.Success;
    }
}
