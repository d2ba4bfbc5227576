using System.CommandLine;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Pipeline;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The repair tools: bring up to date what was left behind, or extract everything from scratch.</summary>
internal sealed class ReplayCommand : ICommand
{
    private readonly Option<TableName?> _table = new("--table")
    {
        Description = "Transform and load what is pending for this table of the source or the warehouse.",
        HelpName = "name",
        CustomParser = argument =>
        {
            if (TableName.TryParse(argument.Tokens[0].Value, out var table)) return table;
            argument.AddError($"'{argument.Tokens[0].Value}' is no table name.");
            return null;
        },
    };

    private readonly Option<bool> _full = new("--full")
    {
        Description = "Extract every table from scratch, every row as if it had changed, and carry that into the warehouse.",
    };

    public Command Define()
    {
        var command = new Command("replay", "Transform and load what is pending: for all tables, or for one. Without settings, in the demo.")
        {
            _table,
            _full,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(_table) is { } && result.GetValue(_full)) result.AddError("--table and --full don't go together: choose one.");
        });
        return command;
    }

    public async Task ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await ChosenPipeline.ReadAsync(context, cancellationToken);
        if (context.Parsed.GetValue(_full))
        {
            var request = ExtractRequest.Parse("""{"full": true}"""u8.ToArray());
            await context.Round.RunAsync(settings, request, isSweep: false, cancellationToken);
            return;
        }

        await context.Round.ReplayAsync(settings, await FindEventsAsync(context, settings, cancellationToken), cancellationToken);
    }

    private async Task<ReplayEvents> FindEventsAsync(CommandContext context, PipelineSettings settings, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(_table) is not { } table) return ReplayEvents.Sweep;
        var ingestion = context.Buckets.Open(settings.Extract.IngestionBucket);
        var processed = context.Buckets.Open(settings.Load.ProcessedBucket);
        return await ReplayEvents.OfAsync(table, ingestion, processed, context.Clock, cancellationToken);
    }
}
