using System.CommandLine;
using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Targets;
using Npgsql;

namespace EtlPipeline.Local.Commands;

/// <summary>The rows that could not be carried, with reasons.</summary>
internal sealed class RejectedCommand : ICommand
{
    private readonly Option<bool> _retry = new("--retry")
    {
        Description = "Read the tables of these rows again as a whole; rows that were mended in the source get into the warehouse.",
    };

    private readonly Option<TableName?> _table = new("--table")
    {
        Description = "List only the rows of this table; use its name in the source or in the warehouse.",
        HelpName = "name",
        CustomParser = SharedOptions.ParseTable,
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many rows to list; all are counted.",
        HelpName = "number",
        DefaultValueFactory = _ => 100,
    };

    public Command Define() => new("rejected", "List the rows that could not be carried into the warehouse, with reasons.") { _retry, _table, _limit };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await context.ChoosePipelineAsync(isForMachine: false, cancellationToken);
        var rows = await ReadAsync(settings, context.Parsed.GetValue(_table), cancellationToken);
        if (rows.Count == 0)
        {
            context.Terminal.WriteLine("No row is rejected.");
            return ExitCode.Success;
        }

        Show(context, rows);
        if (!context.Parsed.GetValue(_retry))
        {
            context.Terminal.WriteLine(Mending(context, settings));
            return ExitCode.Rejected;
        }

        var tables = rows.Select(row => TargetCatalogue.SourceOf(row.Target)).Distinct().ToList();
        return RunCommand.Judge(context, await context.Run.RunAsync(settings, ReplayCommand.Reading(tables), title: null, cancellationToken));
    }

    private static string Mending(CommandContext context, PipelineSettings settings) =>
        $"The complete rows are in {settings.Load.ProcessedBucket.TrimEnd('/')}/rejected/. Mend them in the source; the next run carries them. To carry them now: {context.Hint("rejected --retry")}";

    private void Show(CommandContext context, IReadOnlyList<RejectedRow> rows)
    {
        var limit = Math.Max(0, context.Parsed.GetValue(_limit));
        var table = new TextTable("target", Column.Sentence("key"), "since", Column.Sentence("reason"));
        foreach (var row in rows.Take(limit))
            table.Add(row.Target.Value, row.Key, row.Since?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.Reason);
        table.Write(context.Terminal);
        if (rows.Count > limit) context.Terminal.WriteLine($"… and {Cell.Number(rows.Count - limit)} more (--limit {rows.Count}).");
    }

    private static async Task<IReadOnlyList<RejectedRow>> ReadAsync(PipelineSettings settings, TableName? only, CancellationToken cancellationToken)
    {
        await using var warehouse = settings.OpenWarehouse();
        await using var connection = await warehouse.OpenAsync(cancellationToken);
        try
        {
            var table = SqlIdentifier.Quote(warehouse.Schema, "etl_rejected");
            var rows = await connection.QueryAsync(
                $"SELECT target, CASE WHEN key[1] IS NOT NULL THEN array_to_string(key, ', ') END, since, reason FROM {table} ORDER BY target, key", [], RejectedRow.Read, cancellationToken);
            return only is not { } name ? rows : [.. rows.Where(row => row.Target == name || TargetCatalogue.SourceOf(row.Target) == name)];
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
        catch (NpgsqlException exception)
        {
            throw warehouse.Failure(exception);
        }
    }

    /// <summary>A row that is rejected.</summary>
    /// <param name="Target">The target that lacks it.</param>
    /// <param name="Key">Its key, as the source prints it.</param>
    /// <param name="Since">When it was first rejected; null if that isn't known.</param>
    /// <param name="Reason">Why.</param>
    private sealed record RejectedRow(TableName Target, string Key, DateTimeOffset? Since, string Reason)
    {
        public static RejectedRow Read(NpgsqlDataReader row) => new(
            TableName.Parse(row.GetString(0)),
            row.IsDBNull(1) ? "(unreadable)" : row.GetString(1),
            TableVersion.TryParse(row.GetString(2), out var since) ? since.Instant : null,
            row.GetString(3));
    }
}
