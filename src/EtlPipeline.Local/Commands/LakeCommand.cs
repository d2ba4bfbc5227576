using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.LakeReading;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Targets;

namespace EtlPipeline.Local.Commands;

/// <summary>The rows of a table in the lake.</summary>
internal sealed class LakeShowCommand : ICommand
{
    private readonly Argument<TableName?> _table = LakeTables.Argument();

    private readonly Option<TableVersion?> _at = new("--at")
    {
        Description = "The version, as `lake versions` lists it. Default: the newest.",
        HelpName = "version",
        CustomParser = argument =>
        {
            if (TableVersion.TryParse(argument.Tokens[0].Value, out var version)) return version;
            argument.AddError($"'{argument.Tokens[0].Value}' isn't a version, such as 2026-11-23_12-45-03-123456.");
            return null;
        },
    };

    private readonly Option<OutputFormat> _format = ResultFormat.Option();

    public Command Define() => new("show", "Show the rows of a source table as they were at a version, put together from the lake.") { _table, _at, _format };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var format = context.Parsed.GetValue(_format);
        var settings = await context.ChoosePipelineAsync(format != OutputFormat.Table, cancellationToken);
        var table = TargetCatalogue.SourceOf(context.Parsed.GetValue(_table)!.Value);
        var ingestion = context.Buckets.Open(settings.Extract.IngestionBucket);
        var version = context.Parsed.GetValue(_at) ?? await LakeTables.FindNewestAsync(ingestion, table, settings, context.Clock, cancellationToken);
        var rows = await LakeRows.ReadAsync(ingestion, new VersionKey(table, version), cancellationToken);
        if (format == OutputFormat.Table) context.Terminal.WriteNote($"{table} at {version}");
        await ResultWriter.WriteAsync(context.Terminal, format, rows.ResultColumns, rows.Rows.ToAsyncEnumerable(), cancellationToken);
        return ExitCode.Success;
    }
}

/// <summary>The versions of a table in the lake.</summary>
internal sealed class LakeVersionsCommand : ICommand
{
    private readonly Argument<TableName?> _table = LakeTables.Argument();

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many versions to list, newest first.",
        HelpName = "number",
        DefaultValueFactory = _ => 20,
    };

    public Command Define() => new("versions", "List the versions of a source table in the lake: why each was written, and what it holds.") { _table, _limit };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await context.ChoosePipelineAsync(isForMachine: false, cancellationToken);
        var table = TargetCatalogue.SourceOf(context.Parsed.GetValue(_table)!.Value);
        var ingestion = context.Buckets.Open(settings.Extract.IngestionBucket);
        await LakeTables.FindNewestAsync(ingestion, table, settings, context.Clock, cancellationToken);
        var all = await new VersionListing(ingestion, VersionKey.RowsSuffix, context.Clock).FindAfterAsync(table, null, cancellationToken);
        var shown = new TextTable("version", "kind", "reason", Column.Number("rows"), Column.Number("bytes"), "complete", "verified through");
        foreach (var version in all.TakeLast(Math.Max(1, context.Parsed.GetValue(_limit))))
        {
            var description = await ingestion.DescribeAsync(new VersionKey(table, version).Rows, cancellationToken);
            var metadata = description is null ? null : VersionMetadata.Read(description.Metadata);
            shown.Add(
                version.ToString(),
                metadata?.Kind.ToText() ?? "(damaged)",
                metadata?.Reason.ToText(),
                Cell.Count(metadata?.Rows),
                Cell.Count(description?.Size),
                metadata is null ? null : metadata.IsComplete ? "yes" : "no",
                metadata?.Verified?.Instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        }

        shown.Write(context.Terminal);
        context.Terminal.WriteNote($"{Cell.Number(shown.Count)} of {Cell.Number(all.Count)} versions");
        return ExitCode.Success;
    }
}

/// <summary>Finds the lake's tables that the reader names.</summary>
internal static class LakeTables
{
    public static Argument<TableName?> Argument() => new("table")
    {
        Description = "A table of the source.",
        CustomParser = SharedOptions.ParseTable,
    };

    /// <summary>The newest version of a table.</summary>
    /// <exception cref="PipelineException">There is none.</exception>
    public static async Task<TableVersion> FindNewestAsync(
        IObjectStore ingestion, TableName table, PipelineSettings settings, TimeProvider clock, CancellationToken cancellationToken) =>
        await new VersionListing(ingestion, VersionKey.RowsSuffix, clock).FindNewestAsync(table, cancellationToken)
        ?? throw new PipelineException(
            $"{ingestion.Name} has no version of table '{table}'.{Suggestion.For(table.Value, settings.Extract.Tables.Tables.Select(listed => listed.Name.Value))}");
}
