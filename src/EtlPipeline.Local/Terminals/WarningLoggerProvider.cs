using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Local.Terminals;

/// <summary>Keeps the warnings of a command until its live display has ended. Errors are not kept: they come as exceptions.</summary>
internal sealed class WarningLoggerProvider : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _warnings = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _warnings.Enqueue(formatter(state, exception));
    }

    /// <summary>Writes the warnings so far, each once.</summary>
    public void WriteTo(TextWriter error)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        while (_warnings.TryDequeue(out var warning))
        {
            if (written.Add(warning)) error.WriteLine($"warning: {warning}");
        }
    }

    public void Dispose()
    {
    }
}
