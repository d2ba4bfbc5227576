using System.Net;
using System.Text.Json;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Hosting;

/// <summary>Reads events. Their form is Amazon S3's, <i>Event message structure</i>; unknown properties are left alone.</summary>
internal static class EventJson
{
    private const string Expected = "expected the JSON of an S3 notification, or a JSON object without Records for a sweep";

    private const string ExpectedOfExtract =
        """expected a JSON object without Records, with "full": true or "acceptDeletes": ["table"] if need be""";

    public static StageEvent ParseStageEvent(ReadOnlyMemory<byte> json) => Parse(json, Expected, ReadStageEvent);

    public static ExtractRequest ParseExtractRequest(ReadOnlyMemory<byte> json) => Parse(json, ExpectedOfExtract, ReadExtractRequest);

    private static T Parse<T>(ReadOnlyMemory<byte> json, string expected, Func<JsonElement, T> read)
    {
        using var document = ParseObject(json, expected);
        try
        {
            return read(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            // What the document says of half a surrogate pair, and of bytes that are no UTF-8, once a name or a text is looked at.
            throw new InvalidEventException($"The event holds a text that is not valid Unicode; {expected}.", exception);
        }
    }

    private static StageEvent ReadStageEvent(JsonElement root)
    {
        if (!TryGetRecords(root, out var records))
            return IsTestEvent(root) ? new StageEvent.Doorbell([]) : new StageEvent.Sweep();
        if (records.ValueKind != JsonValueKind.Array) throw new InvalidEventException($"The event's Records are no list; {Expected}.");
        return new StageEvent.Doorbell([.. records.EnumerateArray().Select(ReadRecord).OfType<CreatedObject>()]);
    }

    private static ExtractRequest ReadExtractRequest(JsonElement root)
    {
        if (TryGetRecords(root, out _)) throw new InvalidEventException($"The event has Records; {ExpectedOfExtract}.");
        return new ExtractRequest { IsFull = ReadFull(root), AcceptDeletes = ReadAcceptDeletes(root) };
    }

    private static JsonDocument ParseObject(ReadOnlyMemory<byte> json, string expected)
    {
        try
        {
            var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            var kind = document.RootElement.ValueKind;
            document.Dispose();
            throw new InvalidEventException($"The event is a JSON {kind}; {expected}.");
        }
        catch (JsonException exception)
        {
            throw new InvalidEventException(
                $"The event is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}); {expected}.", exception);
        }
    }

    private static bool TryGetRecords(JsonElement root, out JsonElement records) =>
        root.TryGetProperty("Records", out records) && records.ValueKind != JsonValueKind.Null;

    /// <summary>S3 sends one when a notification is set up.</summary>
    private static bool IsTestEvent(JsonElement root) =>
        root.TryGetProperty("Event", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals("s3:TestEvent");

    private static CreatedObject? ReadRecord(JsonElement record)
    {
        var name = Text(record, "eventName");
        if (!name.StartsWith("ObjectCreated:", StringComparison.Ordinal)) return null;
        var s3 = Property(record, "s3");
        return new CreatedObject(
            Text(Property(s3, "bucket"), "name"),
            WebUtility.UrlDecode(Text(Property(s3, "object"), "key")));
    }

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value
            : throw new InvalidEventException($"A record of the event has no '{name}'; {Expected}.");

    private static string Text(JsonElement element, string name)
    {
        var value = Property(element, name);
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InvalidEventException($"'{name}' of a record of the event is no string; {Expected}.");
    }

    private static bool ReadFull(JsonElement root)
    {
        if (!root.TryGetProperty("full", out var full)) return false;
        return full.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? full.GetBoolean()
            : throw new InvalidEventException($"The event's 'full' is neither true nor false; {ExpectedOfExtract}.");
    }

    private static HashSet<TableName> ReadAcceptDeletes(JsonElement root)
    {
        if (!root.TryGetProperty("acceptDeletes", out var tables)) return [];
        if (tables.ValueKind != JsonValueKind.Array) throw Fault();
        return [.. tables.EnumerateArray().Select(ReadTable)];

        TableName ReadTable(JsonElement table) =>
            table.ValueKind == JsonValueKind.String && TableName.TryParse(table.GetString(), out var name) ? name : throw Fault();

        InvalidEventException Fault() => new($"The event's 'acceptDeletes' is no list of table names; {ExpectedOfExtract}.");
    }
}
