using System.Collections.Concurrent;
using EtlPipeline.Core.Hosting;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Local.Terminals;

/// <summary>
/// The log of a command. With <c>--verbose</c> every line goes to standard error as the functions write it on AWS, one JSON object per line;
/// otherwise only warnings and errors do, as sentences.
/// </summary>
internal sealed class CommandLog : IDisposable
{
    private readonly KeptLines _kept = new();
    private readonly ILoggerFactory _factory;
    private readonly Terminal _terminal;
    private readonly Func<string, string> _hint;

    /// <summary>Makes a log.</summary>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="hint">Makes a command line of this program that can be pasted.</param>
    /// <param name="clock">Tells the time of lines.</param>
    public CommandLog(Terminal terminal, Func<string, string> hint, TimeProvider clock)
    {
        (_terminal, _hint) = (terminal, hint);
        _factory = LoggerFactory.Create(logging =>
        {
            if (terminal.IsVerbose) logging.AddProvider(new JsonLineLoggerProvider(terminal.Error, clock));
            logging.AddProvider(_kept);
        });
        Logger = _factory.CreateLogger("EtlPipeline");
    }

    public ILogger Logger { get; }

    /// <summary>Whether a stage failed at something and went on, for example skipped a version.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Writes the warnings and errors since the last call, each once.</summary>
    public void WriteWarnings()
    {
        foreach (var (isError, sentence) in _kept.Take())
        {
            HasErrors |= isError;
            if (!_terminal.IsVerbose) _terminal.Error.WriteLine($"{(isError ? "error" : "warning")}: {PasteableCommands.In(sentence, _hint)}");
        }
    }

    public void Dispose()
    {
        WriteWarnings();
        _factory.Dispose();
        _kept.Dispose();
    }

    /// <summary>Keeps lines until a live display has ended. Failures of tables and invocations aren't kept: they come as exceptions.</summary>
    private sealed class KeptLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(bool IsError, string Sentence)> _lines = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Warning or LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && eventId.Name is not (EventNames.TableFailed or EventNames.InvocationFailed)) _lines.Enqueue((logLevel == LogLevel.Error, formatter(state, exception)));
        }

        public List<(bool IsError, string Sentence)> Take()
        {
            var taken = new List<(bool IsError, string Sentence)>();
            while (_lines.TryDequeue(out var line))
            {
                if (!taken.Contains(line)) taken.Add(line);
            }

            return taken;
        }

        public void Dispose()
        {
        }
    }
}
