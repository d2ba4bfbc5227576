using System.Collections.Concurrent;
using EtlPipeline.Core.Hosting;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Local.Terminals;

/// <summary>
/// The log of a command. With <c>--verbose</c> every line goes to standard error as the functions write it on AWS, one JSON object a line;
/// otherwise warnings alone do, as sentences.
/// </summary>
internal sealed class CommandLog : IDisposable
{
    private readonly KeptWarnings _warnings = new();
    private readonly ILoggerFactory _factory;
    private readonly Terminal _terminal;

    public CommandLog(Terminal terminal, TimeProvider clock)
    {
        _terminal = terminal;
        _factory = LoggerFactory.Create(logging =>
        {
            if (terminal.IsVerbose) logging.AddProvider(new JsonLineLoggerProvider(terminal.Error, clock));
            else logging.AddProvider(_warnings);
        });
        Logger = _factory.CreateLogger("EtlPipeline");
    }

    public ILogger Logger { get; }

    /// <summary>Writes the warnings that came since the last call, each once.</summary>
    public void WriteWarnings()
    {
        foreach (var warning in _warnings.Take()) _terminal.Error.WriteLine($"warning: {warning}");
    }

    public void Dispose()
    {
        WriteWarnings();
        _factory.Dispose();
        _warnings.Dispose();
    }

    /// <summary>Keeps warnings until a live display has ended. Errors are not kept: they come as exceptions.</summary>
    private sealed class KeptWarnings : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _warnings = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) _warnings.Enqueue(formatter(state, exception));
        }

        public List<string> Take()
        {
            var taken = new List<string>();
            while (_warnings.TryDequeue(out var warning))
            {
                if (!taken.Contains(warning)) taken.Add(warning);
            }

            return taken;
        }

        public void Dispose()
        {
        }
    }
}
