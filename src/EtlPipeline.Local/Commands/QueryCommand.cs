using System.CommandLine;
using System.Runtime.CompilerServices;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.LakeReading;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using Npgsql;

namespace EtlPipeline.Local.Commands;

/// <summary>Runs SQL over the warehouse and the lake.</summary>
internal sealed class QueryCommand : ICommand
{
    private const string Explanation = """
        A query that names no table of the lake is run by the warehouse itself, in a transaction that can only read:
          etl query "SELECT * FROM fact_sales_order_as_of('2026-11-24') LIMIT 5"
        The lake's tables are named lake.{table}: those of the source as they were at the newest version, those of the warehouse as Transform
        wrote them, with the version of each row. Such a query is run by DuckDB, on this machine, and may name tables of the warehouse, too,
        as warehouse.{table}; these are copied first:
          etl query "SELECT count(*) FROM lake.sales_order"
          etl query "SELECT version, count(*) FROM lake.fact_sales_order GROUP BY version ORDER BY version"
        """;

    private readonly Argument<string> _sql = new("sql") { Description = "One query." };

    private readonly Option<OutputFormat> _format = ResultFormat.Option();

    public Command Define() => new ExplainedCommand("query", "Run SQL over the warehouse, and over the lake as lake.{table}.", Explanation) { _sql, _format };

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (sql, format) = (context.Parsed.GetValue(_sql)!, context.Parsed.GetValue(_format));
        var settings = await context.ChoosePipelineAsync(format != OutputFormat.Table, cancellationToken);
        if (LakeQuery.NamesLake(sql)) await new LakeQuery(settings, context.Buckets, context.Clock).RunAsync(sql, context.Terminal, format, cancellationToken);
        else await WarehouseQuery.RunAsync(settings, sql, [], context.Terminal, format, cancellationToken);
        return ExitCode.Success;
    }
}

/// <summary>The option for the output format.</summary>
internal static class ResultFormat
{
    public static Option<OutputFormat> Option() => new("--format")
    {
        Description = "How to write the rows. With csv and json, standard output has nothing else.",
        HelpName = "table|csv|json",
    };
}

/// <summary>Runs a query in the warehouse.</summary>
internal static class WarehouseQuery
{
    /// <summary>Runs a query in a read-only transaction and writes its rows as PostgreSQL prints them.</summary>
    /// <exception cref="PipelineException">The warehouse refuses the query.</exception>
    /// <exception cref="DatabaseException">The warehouse could not be read.</exception>
    public static async Task RunAsync(
        PipelineSettings settings, string sql, IEnumerable<NpgsqlParameter> parameters, Terminal terminal, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var warehouse = settings.OpenWarehouse();
        await using var connection = await warehouse.OpenAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync("BEGIN TRANSACTION READ ONLY", cancellationToken);
            await connection.ExecuteAsync($"SET LOCAL search_path = {SqlIdentifier.Quote(warehouse.Schema)}", cancellationToken);
            await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
            foreach (var parameter in parameters) command.Parameters.Add(parameter);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await ResultWriter.WriteAsync(terminal, format, Columns(reader), RowsAsync(reader, cancellationToken), cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw new PipelineException($"The warehouse refuses the query: {exception.MessageText} ({exception.SqlState}){Hint(exception)}", exception);
        }
        catch (NpgsqlException exception)
        {
            throw warehouse.Failure(exception);
        }
    }

    private static string Hint(PostgresException exception) =>
        string.IsNullOrEmpty(exception.Hint) ? $"{(exception.Position > 0 ? $", at character {exception.Position}" : string.Empty)}." : $". {exception.Hint}";

    private static IReadOnlyList<ResultColumn> Columns(NpgsqlDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(i => new ResultColumn(reader.GetName(i), IsNumber(reader.GetDataTypeName(i)), reader.GetDataTypeName(i) == "boolean"))];

    private static bool IsNumber(string type) =>
        type is "smallint" or "integer" or "bigint" or "real" or "double precision" || type.StartsWith("numeric", StringComparison.Ordinal);

    private static async IAsyncEnumerable<string?[]> RowsAsync(NpgsqlDataReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))];
    }
}
