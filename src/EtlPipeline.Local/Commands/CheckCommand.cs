using System.CommandLine;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.SetUp;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Commands;

/// <summary>Checks everything that has to be right before the first run.</summary>
internal sealed class CheckCommand : ICommand
{
    public Command Define() => new("check", "Check settings, connections, rights, tables, keys and buckets, and say what to do. Exit code 0 if a run can begin.");

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await context.ChoosePipelineAsync(isForMachine: false, cancellationToken);
        if (!settings.IsDemo) ShowSettings(context, settings);
        var findings = await FindAsync(context, settings, cancellationToken);
        context.Terminal.WriteLine();
        foreach (var finding in findings) finding.Write(context.Terminal);
        var faults = findings.Count(finding => finding.Gravity == Gravity.Fault);
        context.Terminal.WriteLine();
        context.Terminal.WriteLine(faults == 0
            ? $"A run can begin: {context.Hint("run")}"
            : $"{faults} {(faults == 1 ? "fault has" : "faults have")} to be mended first; the indented lines above say how.");
        return faults == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static void ShowSettings(CommandContext context, PipelineSettings settings)
    {
        var table = new TextTable("setting", Column.Sentence("value"), "from");
        foreach (var (name, value, origin) in SettingOrigins.List(context.Environment, context.ReadSettings(), settings)) table.Add(name, value, new Cell(origin, "grey"));
        table.Write(context.Terminal);
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(CommandContext context, PipelineSettings settings, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        if (settings.Extract.Oltp is { } oltp)
        {
            var tables = new SourceCheck(oltp, settings.Extract.Tables, settings.Targets);
            findings.AddRange(await new DatabaseCheck(oltp, "source", context.Clock).RunAsync(connection => tables.RunAsync(connection, cancellationToken), cancellationToken));
        }
        else
        {
            findings.Add(Finding.Advice("source", "IS_OLTP_OK is False: generated sample tables are read, and no database", "Set IS_OLTP_OK=True for your own data."));
        }

        var warehouse = new WarehouseCheck(settings.Load.Warehouse, settings.Targets);
        findings.AddRange(await new DatabaseCheck(settings.Load.Warehouse, "warehouse", context.Clock).RunAsync(connection => warehouse.RunAsync(connection, cancellationToken), cancellationToken));
        findings.Add(await new BucketCheck(settings.Extract.IngestionBucket, "AWS_INGEST_BUCKET", context.Buckets).RunAsync(cancellationToken));
        findings.Add(await new BucketCheck(settings.Load.ProcessedBucket, "AWS_PROCESS_BUCKET", context.Buckets).RunAsync(cancellationToken));
        return findings;
    }
}
