using System.CommandLine;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Targets;

namespace EtlPipeline.Local.Commands;

/// <summary>Repairs: carries what was left behind, or reads tables again.</summary>
internal sealed class ReplayCommand : ICommand
{
    private readonly Option<TableName?> _table = new("--table")
    {
        Description = "Read this whole table again and mend what differs; use its name in the source or in the warehouse.",
        HelpName = "name",
        CustomParser = SharedOptions.ParseTable,
    };

    private readonly Option<bool> _full = new("--full")
    {
        Description = "Read every table again as a whole and mend what differs.",
    };

    public Command Define()
    {
        var command = new Command("replay", "Transform and load what is pending in the buckets; or read tables again.") { _table, _full };
        command.Validators.Add(result =>
        {
            if (result.GetResult(_table) is { } && result.GetValue(_full)) result.AddError("--table and --full don't go together: choose one.");
        });
        return command;
    }

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await context.ChoosePipelineAsync(isForMachine: false, cancellationToken);
        var order = context.Parsed.GetValue(_full) ? new RunOrder { Extract = ExtractRequest.Scheduled with { IsFull = true } }
            : context.Parsed.GetValue(_table) is { } table ? Reading(TargetCatalogue.SourceOf(table))
            : new RunOrder { Extract = null };
        return RunCommand.Judge(context, await context.Run.RunAsync(settings, order, title: null, cancellationToken));
    }

    /// <summary>A run that reads some tables as a whole.</summary>
    public static RunOrder Reading(params IEnumerable<TableName> tables) =>
        new() { Extract = ExtractRequest.Scheduled with { Read = tables.ToHashSet() } };
}
