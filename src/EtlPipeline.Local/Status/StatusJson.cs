using System.Globalization;
using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.Status;

/// <summary>
/// The status as a JSON document. Its keys are stable: <c>places</c>, <c>checkedAt</c>, <c>lastRunAt</c>, <c>lastRunAgeSeconds</c>,
/// <c>isUpToDate</c>, <c>verifiedThrough</c>, <c>corrections</c>, <c>rejectedRows</c>, <c>notices</c> and <c>tables</c>, each of these with the
/// keys that <see cref="WriteTable"/> writes. What isn't known is null; no key is ever left out.
/// </summary>
internal static class StatusJson
{
    public static string Write(PipelineStatus status)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("places", status.Places);
            json.WriteString("checkedAt", Text(status.CheckedAt));
            json.WriteString("lastRunAt", Text(status.LastRunAt));
            WriteNumber(json, "lastRunAgeSeconds", (long?)status.LastRunAge?.TotalSeconds);
            json.WriteBoolean("isUpToDate", status.IsUpToDate);
            json.WriteString("verifiedThrough", Text(status.VerifiedThrough));
            json.WriteNumber("corrections", status.Corrections);
            json.WriteNumber("rejectedRows", status.RejectedRows);
            json.WriteStartArray("notices");
            foreach (var notice in status.Notices) json.WriteStringValue(notice);
            json.WriteEndArray();
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
        WriteNumber(json, "knownSegments", table.KnownSegments);
        WriteNumber(json, "unknownSegments", table.UnknownSegments);
        WriteNumber(json, "dueSegments", table.DueSegments);
        WriteVersion(json, "ingestedVersion", table.Ingested);
        WriteVersion(json, "processedVersion", table.Processed);
        WriteVersion(json, "loadedVersion", table.Loaded);
        WriteVersion(json, "verifiedThrough", table.VerifiedThrough);
        WriteVersion(json, "historySince", table.HistorySince);
        WriteNumber(json, "warehouseRows", table.WarehouseRows);
        json.WriteBoolean("warehouseRowsAreEstimated", table.IsEstimate);
        json.WriteNumber("corrections", table.Corrections);
        json.WriteNumber("rejectedRows", table.RejectedRows);
        json.WriteNumber("pendingTransform", table.PendingTransform);
        json.WriteNumber("pendingLoad", table.PendingLoad);
        json.WriteBoolean("isBlocked", table.IsBlocked);
        json.WriteBoolean("isRetired", table.IsRetired);
        json.WriteBoolean("isUnread", table.IsUnread);
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, string name, TableVersion? version) => json.WriteString(name, version?.ToString());

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    private static string? Text(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
