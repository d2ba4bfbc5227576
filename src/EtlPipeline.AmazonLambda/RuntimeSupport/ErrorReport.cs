using System.Net.Http.Headers;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The request that reports an exception (AWS, <i>Using the Lambda runtime API for custom runtimes</i>).</summary>
internal static class ErrorReport
{
    private static readonly MediaTypeHeaderValue ContentType = new("application/vnd.aws.lambda.error+json");

    public static HttpRequestMessage For(Uri address, Exception exception)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Write(exception)) };
        request.Content.Headers.ContentType = ContentType;
        request.Headers.Add("Lambda-Runtime-Function-Error-Type", exception.GetType().Name);
        return request;
    }

    private static byte[] Write(Exception exception)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorType", exception.GetType().Name);
            json.WriteString("errorMessage", exception.Message);
            json.WriteStartArray("stackTrace");
            foreach (var line in exception.StackTrace?.Split(Environment.NewLine) ?? []) json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
