using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlPipeline.Local.Terminals;

/// <summary>How the rows of a result are written.</summary>
internal enum OutputFormat
{
    /// <summary>A table that fits the terminal.</summary>
    Table,

    /// <summary>Comma-separated values with a heading (RFC 4180); NULL is empty, an empty text is <c>""</c>.</summary>
    Csv,

    /// <summary>A JSON array of objects, one per line.</summary>
    Json,
}

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumber">Whether its values are numbers.</param>
/// <param name="IsBoolean">Whether its values are true or false.</param>
internal sealed record ResultColumn(string Name, bool IsNumber, bool IsBoolean);

/// <summary>Writes the rows of a result exactly as the database printed them, digit by digit.</summary>
internal static class ResultWriter
{
    private const int MostRowsInTable = 1000;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(
        Terminal terminal, OutputFormat format, IReadOnlyList<ResultColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken cancellationToken) => format switch
        {
            OutputFormat.Csv => WriteCsvAsync(terminal, columns, rows, cancellationToken),
            OutputFormat.Json => WriteJsonAsync(terminal, columns, rows, cancellationToken),
            _ => WriteTableAsync(terminal, columns, rows, cancellationToken),
        };

    private static async Task WriteTableAsync(Terminal terminal, IReadOnlyList<ResultColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken cancellationToken)
    {
        var table = new TextTable([.. columns.Select(column => new Column(column.Name, column.IsNumber, CanWrap: !column.IsNumber))]);
        var count = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (count++ < MostRowsInTable) table.Add([.. row.Select(value => Cell.Of(value))]);
        }

        table.Write(terminal);
        terminal.WriteNote(count <= MostRowsInTable
            ? $"{Cell.Number(count)} {(count == 1 ? "row" : "rows")}"
            : $"{Cell.Number(count)} rows, of which the first {Cell.Number(MostRowsInTable)} are shown; --format csv has them all.");
    }

    private static async Task WriteCsvAsync(Terminal terminal, IReadOnlyList<ResultColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken cancellationToken)
    {
        terminal.WriteLine(string.Join(',', columns.Select(column => Csv(column.Name))));
        await foreach (var row in rows.WithCancellation(cancellationToken)) terminal.WriteLine(string.Join(',', row.Select(Csv)));
    }

    private static string Csv(string? value) => value switch
    {
        null => string.Empty,
        "" => "\"\"",
        _ when value.AsSpan().ContainsAny(",\"\r\n") => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => value,
    };

    private static async Task WriteJsonAsync(Terminal terminal, IReadOnlyList<ResultColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken cancellationToken)
    {
        string? previous = null;
        terminal.WriteLine("[");
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (previous is { }) terminal.WriteLine($"{previous},");
            previous = Json(columns, row);
        }

        if (previous is { }) terminal.WriteLine(previous);
        terminal.WriteLine("]");
    }

    private static string Json(IReadOnlyList<ResultColumn> columns, string?[] row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
            {
                json.WritePropertyName(columns[i].Name);
                WriteValue(json, columns[i], row[i]);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteValue(Utf8JsonWriter json, ResultColumn column, string? value)
    {
        if (value is null) json.WriteNullValue();
        else if (column.IsBoolean) json.WriteBooleanValue(value is "t" or "true");
        // JSON has no numbers for NaN and the infinities.
        else if (column.IsNumber && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) json.WriteRawValue(value);
        else json.WriteStringValue(value);
    }
}
