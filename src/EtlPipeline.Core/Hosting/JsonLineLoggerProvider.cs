using System.Globalization;
using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>
/// Writes each log entry as one JSON object on a line, before the call returns: <c>time</c>, <c>level</c>, <c>event</c> and <c>message</c>,
/// then the fields of the scopes and of the message, under their names in snake case. The framework's console logger writes from a background
/// thread, and a function that is frozen after its response would keep its last lines, or lose them.
/// </summary>
/// <param name="output">Where the lines go; standard output, which Lambda sends to CloudWatch Logs.</param>
/// <param name="clock">Gives each line its time.</param>
/// <param name="minimum">The lowest level that is written.</param>
/// <param name="metrics">What metrics are made of <see cref="StageMetrics"/>; null for none.</param>
public sealed class JsonLineLoggerProvider(TextWriter output, TimeProvider clock, LogLevel minimum = LogLevel.Trace, MetricsTarget? metrics = null)
    : ILoggerProvider, ISupportExternalScope
{
    private readonly Lock _lock = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new JsonLineLogger(this);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose() => output.Flush();

    private bool IsEnabled(LogLevel level) => level >= minimum && level != LogLevel.None;

    private void Write<TState>(LogLevel level, EventId eventId, TState state, string message, Exception? exception)
    {
        var line = state as MetricsLine;
        if (!IsEnabled(level) && line?.IsFor(metrics) is not true) return;
        var time = clock.GetUtcNow();
        using var json = new JsonLine(time, level, eventId, message, exception);
        _scopes.ForEachScope(static (scope, target) => target.Add(scope), json);
        json.Add(state);
        if (line is { }) json.Add(writer => line.WriteTo(writer, metrics, time));
        lock (_lock)
        {
            output.WriteLine(json.Complete());
            output.Flush();
        }
    }

    private sealed class JsonLineLogger(JsonLineLoggerProvider provider) : ILogger
    {
        public IDisposable BeginScope<TState>(TState state) where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => provider.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Write(logLevel, eventId, state, formatter(state, exception), exception);
    }
}

/// <summary>One line of the log.</summary>
internal sealed class JsonLine : IDisposable
{
    private readonly MemoryStream _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly HashSet<string> _names = ["time", "level", "event", "message", "error", "stack"];

    public JsonLine(DateTimeOffset time, LogLevel level, EventId eventId, string message, Exception? exception)
    {
        _json = new Utf8JsonWriter(_buffer, RowJson.WriterOptions);
        _json.WriteStartObject();
        _json.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        _json.WriteString("level", level.ToString());
        if (eventId.Name is { } name) _json.WriteString("event", name);
        _json.WriteString("message", message);
        if (exception is { }) AddException(exception);
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

    /// <summary>Adds members that are not in snake case.</summary>
    public void Add(Action<Utf8JsonWriter> write) => write(_json);

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

    /// <summary>Its message is not ours to write: it may quote a value. A stack trace names methods alone.</summary>
    private void AddException(Exception exception)
    {
        _json.WriteString("error", exception.GetType().Name);
        if (!FailureText.IsOurs(exception) && exception.StackTrace is { } stack) _json.WriteString("stack", stack);
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
