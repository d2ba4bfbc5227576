using System.Collections.Concurrent;
using EtlPipeline.Testing.Secrets;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Testing;

/// <summary>Keeps what was logged, for the test to look into.</summary>
public sealed class TestLog : ILogger
{
    private readonly ConcurrentQueue<TestLogEntry> _entries = new();

    /// <summary>The logger to hand to the code under test.</summary>
    public ILogger Logger => this;

    /// <summary>What was logged so far, in order.</summary>
    public IReadOnlyCollection<TestLogEntry> Entries => _entries;

    /// <summary>All messages, a line each.</summary>
    public string Text => string.Join('\n', _entries.Select(entry => entry.Message));

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var message = formatter(state, exception);
        _entries.Enqueue(new TestLogEntry(logLevel, eventId.Name, message));
        OutputWatch.See("a log", message);
    }
}
