using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>
/// Writes each log entry as one JSON object on a line, before the call returns. The framework's console logger writes from a background
/// thread, and a function that is frozen after its response would keep its last lines, or lose them.
/// </summary>
/// <param name="output">Where the lines go; standard output, which Lambda sends to CloudWatch Logs.</param>
/// <param name="clock">Gives each line its time.</param>
public sealed class JsonLineLoggerProvider(TextWriter output, TimeProvider clock) : ILoggerProvider, ISupportExternalScope
{
    private readonly Lock _lock = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new JsonLineLogger(this);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose() => output.Flush();

    internal IDisposable Push(object state) => _scopes.Push(state);

    internal void Write<TState>(LogLevel level, EventId eventId, TState state, string message, Exception? exception)
    {
        using var line = new JsonLine(clock.GetUtcNow(), level, eventId, message, exception);
        _scopes.ForEachScope(static (scope, target) => target.Add(scope), line);
        line.Add(state);
        lock (_lock)
        {
            output.WriteLine(line.Complete());
            output.Flush();
        }
    }
}
