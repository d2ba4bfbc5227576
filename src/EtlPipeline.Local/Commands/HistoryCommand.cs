using System.CommandLine;
using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using Npgsql;

namespace EtlPipeline.Local.Commands;

/// <summary>Every state that a row has had.</summary>
internal sealed class HistoryCommand : ICommand
{
    private readonly Argument<string> _target = new("target") { Description = "A table of the warehouse, or of the source." };

    private readonly Argument<string[]> _key = new("key") { Description = "The row's key, one value per column.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<OutputFormat> _format = ResultFormat.Option();

    public Command Define() => new("history", "Show the states that a row has had in the warehouse, and what changed.") { _target, _key, _format };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var format = context.Parsed.GetValue(_format);
        var settings = await context.ChoosePipelineAsync(format != OutputFormat.Table, cancellationToken);
        var target = await FindAsync(settings, context.Parsed.GetValue(_target)!, cancellationToken);
        var key = context.Parsed.GetValue(_key)!;
        if (key.Length != target.Key.Count)
            throw new PipelineException($"The key of {target.Name} is {string.Join(", ", target.Key)}: give {(target.Key.Count == 1 ? "one value" : $"{target.Key.Count} values")}.");
        var parameters = key.Select(value => (NpgsqlParameter)SqlRunner.Parameter(value));
        if (format != OutputFormat.Table) await WarehouseQuery.RunAsync(settings, Select(target, "*"), parameters, context.Terminal, format, cancellationToken);
        else await ShowAsync(context.Terminal, settings, target, key, cancellationToken);
        return ExitCode.Success;
    }

    private static async Task ShowAsync(Terminal terminal, PipelineSettings settings, TargetDescription target, string[] key, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", target.Columns.Select(column => $"{SqlIdentifier.Quote(column.Name)}::text"));
        await using var warehouse = settings.OpenWarehouse();
        await using var connection = await warehouse.OpenAsync(cancellationToken);
        var records = await QueryAsync(connection, warehouse, Select(target, $"valid_from::timestamptz(0)::text, valid_to::timestamptz(0)::text, {columns}"), key, cancellationToken);
        if (records.Count == 0) throw new PipelineException($"{target.Name} has never had a row with the key {string.Join(", ", key)}.");
        var table = new TextTable("valid from", "valid to", Column.Sentence("what changed"));
        for (var i = 0; i < records.Count; i++) table.Add(records[i][0], records[i][1], Describe(target, records[i], i > 0 ? records[i - 1] : null));
        table.Write(terminal);
        if (records[^1][1] is { }) terminal.WriteNote("The newest state has ended: the row is gone from the source.");
    }

    private static Cell Describe(TargetDescription target, string?[] record, string?[]? before)
    {
        var changes = target.Columns
            .Select((column, i) => (column.Name, Was: before?[i + 2], Is: record[i + 2]))
            .Where(column => before is null || column.Was != column.Is)
            .Select(column => before is null ? $"{column.Name} {column.Is ?? "NULL"}" : $"{column.Name} {column.Was ?? "NULL"} → {column.Is ?? "NULL"}")
            .ToList();
        return Cell.Of(changes.Count == 0 ? "nothing: it was gone for a while" : string.Join(", ", changes));
    }

    private static string Select(TargetDescription target, string columns)
    {
        var table = target.Kind == TargetKind.Fact ? target.Name.Value : $"{target.Name}_history";
        var conditions = target.Key.Select((name, i) =>
            $"{SqlIdentifier.Quote(name)} = CAST(${i + 1}::text AS {target.Columns.Single(column => column.Name == name).Type})");
        return $"SELECT {columns} FROM {SqlIdentifier.Quote(table)} WHERE {string.Join(" AND ", conditions)} ORDER BY valid_from";
    }

    private static async Task<IReadOnlyList<string?[]>> QueryAsync(
        NpgsqlConnection connection, PostgreSqlDatabase warehouse, string sql, string[] key, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync($"SET search_path = {SqlIdentifier.Quote(warehouse.Schema)}", cancellationToken);
            return await connection.QueryAsync(
                sql,
                key.Select(value => (NpgsqlParameter)SqlRunner.Parameter(value)),
                row => Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : row.GetString(i)).ToArray(),
                cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            throw new PipelineException($"That isn't a value of the key's type: {exception.MessageText}.", exception);
        }
        catch (NpgsqlException exception)
        {
            throw warehouse.Failure(exception);
        }
    }

    /// <summary>Finds the target that the reader names, as Load describes it.</summary>
    private static async Task<TargetDescription> FindAsync(PipelineSettings settings, string name, CancellationToken cancellationToken)
    {
        var targets = await WarehouseDescriptions.ReadAsync(settings, cancellationToken);
        return targets.FirstOrDefault(target => target.Name.Value == name)
            ?? targets.FirstOrDefault(target => target.Source?.Value == name)
            ?? throw new PipelineException($"The warehouse has no table '{name}'.{Suggestion.For(name, targets.Select(target => target.Name.Value))} It has: {string.Join(", ", targets.Select(target => target.Name))}.");
    }
}

/// <summary>The targets' descriptions, as Load keeps them in the warehouse.</summary>
internal static class WarehouseDescriptions
{
    /// <summary>The descriptions, ordered by name; none if the warehouse was never loaded.</summary>
    /// <exception cref="DatabaseException">The warehouse could not be read.</exception>
    public static async Task<IReadOnlyList<TargetDescription>> ReadAsync(PipelineSettings settings, CancellationToken cancellationToken)
    {
        await using var warehouse = settings.OpenWarehouse();
        await using var connection = await warehouse.OpenAsync(cancellationToken);
        try
        {
            var table = SqlIdentifier.Quote(warehouse.Schema, "etl_target");
            return await connection.QueryAsync(
                $"SELECT description::text FROM {table} WHERE description IS NOT NULL ORDER BY target",
                [],
                row => TargetDescription.Parse(Encoding.UTF8.GetBytes(row.GetString(0))),
                cancellationToken);
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
}
