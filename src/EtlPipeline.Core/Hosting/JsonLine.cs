using System.Globalization;
using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>
/// One line of the log: <c>time</c>, <c>level</c>, <c>event</c> and <c>message</c>, then the fields of the scopes and of the message, under
/// their names in snake case.
/// </summary>
internal sealed class JsonLine : IDisposable
{
    private readonly MemoryStream _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly HashSet<string> _names = ["time", "level", "event", "message", "error"];

    public JsonLine(DateTimeOffset time, LogLevel level, EventId eventId, string message, Exception? exception)
    {
        _json = new Utf8JsonWriter(_buffer, RowJson.WriterOptions);
        _json.WriteStartObject();
        _json.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        _json.WriteString("level", level.ToString());
        if (eventId.Name is { } name) _json.WriteString("event", name);
        _json.WriteString("message", message);
        if (exception is { }) _json.WriteString("error", exception.GetType().Name);
    }

    /// <summary>Adds the fields of a scope or of a message; a field that is there already keeps its first value.</summary>
    public void Add(object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> fields) return;
        foreach (var (name, value) in fields)
        {
            if (name != "{OriginalFormat}") Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value);
        }
    }

    public string Complete()
    {
        _json.WriteEndObject();
        _json.Flush();
        return Encoding.UTF8.GetString(_buffer.GetBuffer(), 0, (int)_buffer.Length);
    }

    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
    }

    private void Add(string name, object? value)
    {
        if (!_names.Add(name)) return;
        _json.WritePropertyName(name);
        switch (value)
        {
            case null: _json.WriteNullValue(); break;
            case bool flag: _json.WriteBooleanValue(flag); break;
            case int or long: _json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            default: _json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
