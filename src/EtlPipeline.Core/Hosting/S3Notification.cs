using System.Net;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Hosting;

/// <summary>The JSON that Amazon S3 sends when objects were created (<i>Event message structure</i>), for where there is no S3 to send it.</summary>
public static class S3Notification
{
    /// <summary>Writes the notification, keys URL-encoded as S3 does it.</summary>
    /// <param name="objects">The objects, one record each.</param>
    /// <param name="at">When they were created.</param>
    public static ReadOnlyMemory<byte> Write(IEnumerable<CreatedObject> objects, DateTimeOffset at)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = RowJson.Encoder }))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var created in objects) WriteRecord(json, created, at);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, CreatedObject created, DateTimeOffset at)
    {
        json.WriteStartObject();
        json.WriteString("eventVersion", "2.1");
        json.WriteString("eventSource", "aws:s3");
        json.WriteString("eventTime", at.UtcDateTime);
        json.WriteString("eventName", "ObjectCreated:Put");
        json.WriteStartObject("s3");
        json.WriteString("s3SchemaVersion", "1.0");
        json.WriteStartObject("bucket");
        json.WriteString("name", created.Bucket);
        json.WriteEndObject();
        json.WriteStartObject("object");
        json.WriteString("key", WebUtility.UrlEncode(created.Key).Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
