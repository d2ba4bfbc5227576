using System.CommandLine;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Report;

namespace EtlPipeline.Local.Commands;

/// <summary>A page about what is in the warehouse.</summary>
internal sealed class ReportCommand : ICommand
{
    private const string DefaultName = "report.html";

    private readonly Option<string?> _output = new("--output")
    {
        Description = $"The file. Default: {DefaultName} in the current folder, or in the demo's.",
        HelpName = "path",
    };

    public Command Define() => new(
        "report", "Make an HTML page of what is in the warehouse: sales, payments, how orders changed, the pipeline's health.") { _output };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await context.ChoosePipelineAsync(isForMachine: false, cancellationToken);
        var path = context.Parsed.GetValue(_output) is { } given
            ? Path.Combine(context.CurrentFolder, given)
            : context.IsForDemo ? context.DemoFolder.Report : Path.Combine(context.CurrentFolder, DefaultName);
        await using var warehouse = settings.OpenWarehouse();
        await new WarehouseReport(warehouse, context.Clock).WriteAsync(path, cancellationToken);
        context.Terminal.WriteLine($"The report is in {path}");
        return ExitCode.Success;
    }
}
