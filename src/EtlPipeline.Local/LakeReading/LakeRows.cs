using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.LakeReading;

/// <summary>The rows of a source table at one of its versions, as PostgreSQL would print them, in key order.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, one text per column; null for NULL.</param>
internal sealed record LakeRows(IReadOnlyList<SourceColumn> Columns, IReadOnlyList<string?[]> Rows)
{
    /// <summary>The columns of a result.</summary>
    public IReadOnlyList<ResultColumn> ResultColumns => [.. Columns.Select(column => new ResultColumn(column.Name, SourceTypes.IsNumber(column.Type), column.Type == "boolean"))];

    /// <summary>Reads the table.</summary>
    /// <param name="ingestion">The ingestion bucket.</param>
    /// <param name="key">The table and the version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PipelineException">The version isn't there, or the lake no longer has all of its parts.</exception>
    public static async Task<LakeRows> ReadAsync(IObjectStore ingestion, VersionKey key, CancellationToken cancellationToken)
    {
        try
        {
            var version = await LakeVersion.FindAsync(ingestion, key, cancellationToken) ?? throw new PipelineException($"'{key.Rows}' isn't in {ingestion.Name}.");
            var table = await LakeTable.ReadAsync(ingestion, key, cancellationToken);
            var rows = Print(version.Segments.Columns, table);
            return new LakeRows(version.Segments.Columns, Sort(rows, version.Segments));
        }
        catch (UnreadableVersionException exception)
        {
            throw new PipelineException($"{key} can't be read: {exception.Message}. Choose a newer version with --at, or let the pipeline read the table again: replay --table {key.Table}", exception);
        }
    }

    private static List<string?[]> Print(IReadOnlyList<SourceColumn> columns, LakeTable table)
    {
        var printers = columns.Select(column => (Name: new ColumnName(column.Name), Text: SourceText.Of(column.Type))).ToList();
        var (json, printed) = (new JsonRow(), new List<string?[]>());
        foreach (var bytes in table.Rows)
        {
            json.Read(bytes);
            var row = new string?[printers.Count];
            for (var i = 0; i < row.Length; i++)
            {
                if (json.TryGetValue(printers[i].Name, out var value) && value.Kind != JsonTokenType.Null)
                    row[i] = Encoding.UTF8.GetString(printers[i].Text.Print(value));
            }

            printed.Add(row);
        }

        return printed;
    }

    private static List<string?[]> Sort(List<string?[]> rows, SegmentsObject segments)
    {
        var positions = segments.Key.Columns.Select(key => segments.Columns.ToList().FindIndex(column => column.Name == key.Name)).ToList();
        return [.. rows.OrderBy(row => new RowKey(positions.Select(position => row[position] ?? string.Empty)), segments.Key)];
    }
}

/// <summary>How DuckDB and JSON represent PostgreSQL's types.</summary>
internal static class SourceTypes
{
    /// <summary>Whether values of a type are numbers.</summary>
    public static bool IsNumber(string type) =>
        type is "smallint" or "integer" or "bigint" or "real" or "double precision" || type.StartsWith("numeric", StringComparison.Ordinal);

    /// <summary>The DuckDB type that holds the same values exactly; its text type if there is none.</summary>
    /// <param name="type">The type as PostgreSQL prints it.</param>
    public static string InDuckDb(string type) => type switch
    {
        "boolean" or "smallint" or "integer" or "bigint" or "date" or "uuid" => type.ToUpperInvariant(),
        "real" => "FLOAT",
        "double precision" => "DOUBLE",
        _ when type.StartsWith("numeric(", StringComparison.Ordinal) && Precision(type) <= 38 => $"DECIMAL{type["numeric".Length..]}",
        _ when type.StartsWith("timestamp", StringComparison.Ordinal) && !type.EndsWith("[]", StringComparison.Ordinal) =>
            type.Contains("with time zone", StringComparison.Ordinal) ? "TIMESTAMPTZ" : "TIMESTAMP",
        _ when type.StartsWith("time", StringComparison.Ordinal) && type.EndsWith("without time zone", StringComparison.Ordinal) => "TIME",
        _ => "VARCHAR",
    };

    private static int Precision(string type) =>
        !type.EndsWith(')') || type.Contains('-', StringComparison.Ordinal) ? int.MaxValue : int.Parse(type["numeric(".Length..^1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
}
