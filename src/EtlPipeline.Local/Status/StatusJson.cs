using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EtlPipeline.Local.Status;

/// <summary>
/// The status as a JSON document. Its keys are stable: <c>checkedAt</c>, <c>lastRunAt</c>, <c>lastRunAgeSeconds</c>, <c>isUpToDate</c> and
/// <c>tables</c>, each of these with <c>table</c>, <c>target</c>, <c>sourceRows</c>, <c>ingestedVersion</c>, <c>processedVersion</c>,
/// <c>loadedVersion</c>, <c>warehouseRows</c>, <c>rejectedRows</c>, <c>pendingTransform</c> and <c>pendingLoad</c>. What isn't known is
/// null; no key is ever left out.
/// </summary>
internal static class StatusJson
{
    public static string Write(PipelineStatus status)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("checkedAt", Text(status.CheckedAt));
            json.WriteString("lastRunAt", Text(status.LastRunAt));
            WriteNumber(json, "lastRunAgeSeconds", (long?)status.LastRunAge?.TotalSeconds);
            json.WriteBoolean("isUpToDate", status.IsUpToDate);
            json.WriteStartArray("tables");
            foreach (var table in status.Tables) WriteTable(json, table);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteTable(Utf8JsonWriter json, TableStatus table)
    {
        json.WriteStartObject();
        json.WriteString("table", table.Table?.Value);
        json.WriteString("target", table.Target?.Value);
        WriteNumber(json, "sourceRows", table.SourceRows);
        json.WriteString("ingestedVersion", table.Ingested?.ToString());
        json.WriteString("processedVersion", table.Processed?.ToString());
        json.WriteString("loadedVersion", table.Loaded?.ToString());
        WriteNumber(json, "warehouseRows", table.WarehouseRows);
        json.WriteNumber("rejectedRows", table.RejectedRows);
        json.WriteNumber("pendingTransform", table.PendingTransform);
        json.WriteNumber("pendingLoad", table.PendingLoad);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    private static string? Text(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
