using EtlPipeline.Core.Hosting;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Local.Terminals;

/// <summary>
/// The log of a command. With <c>--verbose</c> every line goes to standard error as the functions write it on AWS, one JSON object a line;
/// otherwise warnings alone do, as sentences.
/// </summary>
internal sealed class CommandLog : IDisposable
{
    private readonly WarningLoggerProvider _warnings = new();
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

    /// <summary>Writes the warnings that came since the last call.</summary>
    public void WriteWarnings() => _warnings.WriteTo(_terminal.Error);

    public void Dispose()
    {
        WriteWarnings();
        _factory.Dispose();
        _warnings.Dispose();
    }
}
