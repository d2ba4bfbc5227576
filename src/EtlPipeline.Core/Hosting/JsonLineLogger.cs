using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>A logger of <see cref="JsonLineLoggerProvider"/>. Which levels are on is the factory's filter to say.</summary>
internal sealed class JsonLineLogger(JsonLineLoggerProvider provider) : ILogger
{
    public IDisposable BeginScope<TState>(TState state) where TState : notnull => provider.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        provider.Write(logLevel, eventId, state, formatter(state, exception), exception);
}
