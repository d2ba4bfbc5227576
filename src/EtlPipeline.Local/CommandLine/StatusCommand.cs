using System.CommandLine;
using EtlPipeline.Local.Status;

namespace EtlPipeline.Local.CommandLine;

/// <summary>How far each table has come.</summary>
internal sealed class StatusCommand : ICommand
{
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write a JSON document, and nothing else, to standard output.",
    };

    public Command Define() =>
        new("status", "Show how far each table has come from the source to the warehouse. Without settings, of the demo.") { _json };

    public async Task ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await ChosenPipeline.ReadAsync(context, cancellationToken);
        await using var reader = new StatusReader(settings, context.Buckets, context.Clock);
        var status = await reader.ReadAsync(cancellationToken);
        if (context.Parsed.GetValue(_json)) context.Terminal.WriteLine(StatusJson.Write(status));
        else StatusTable.Show(context.Terminal, status);
    }
}
