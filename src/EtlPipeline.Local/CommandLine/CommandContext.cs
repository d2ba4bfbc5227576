using System.CommandLine;
using System.CommandLine.Parsing;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Demo;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.CommandLine;

/// <summary>What commands work with.</summary>
internal sealed class CommandContext : IDisposable
{
    private readonly SharedOptions _options;
    private readonly LaunchEnvironment _environment;
    private readonly Lazy<ObjectStores> _buckets;

    public CommandContext(
        Terminal terminal, LaunchEnvironment environment, ParseResult parsed, SharedOptions options, TimeProvider clock)
    {
        (_options, _environment) = (options, environment);
        (Terminal, Parsed, Clock) = (terminal, parsed, clock);
        Log = new CommandLog(terminal, Hint, clock);
        _buckets = new Lazy<ObjectStores>(() => new ObjectStores(FindEndpoint(), clock));
        DemoFolder = DemoFolder.Find(parsed.GetValue(options.Folder), environment.Folder);
    }

    public Terminal Terminal { get; }

    public ParseResult Parsed { get; }

    public TimeProvider Clock { get; }

    public CommandLog Log { get; }

    public ObjectStores Buckets => _buckets.Value;

    public DemoFolder DemoFolder { get; }

    /// <summary>What relative paths are relative to.</summary>
    public string CurrentFolder => _environment.Folder;

    /// <summary>The environment, for commands that look into it themselves.</summary>
    public LaunchEnvironment Environment => _environment;

    public ShownRun Run => new(Terminal, Log, Buckets, Clock);

    /// <summary>Whether the command was asked to work on the demo.</summary>
    public bool IsForDemo =>
        Parsed.GetValue(_options.Demo) || Parsed.GetValue(_options.Folder) is { } || IsBelowDemo(Parsed.CommandResult.Parent);

    /// <summary>A command line of this program, for the same pipeline, that can be pasted into a shell.</summary>
    public string Hint(string arguments) => IsForDemo ? DemoHint(arguments) : _environment.CommandLine(arguments);

    /// <summary>The same, for the demo.</summary>
    public string DemoHint(string arguments)
    {
        var folder = Parsed.GetValue(_options.Folder) is { } given ? $" --folder {given.FullName}" : string.Empty;
        return $"{_environment.Program} demo{(arguments.Length == 0 ? string.Empty : $" {arguments}")}{folder}";
    }

    /// <summary>The settings from the environment and, in development, from <c>.env</c> in the current folder.</summary>
    public SettingsReader ReadSettings() => SettingsSource.FromEnvironment(_environment.Folder, _environment.Variable);

    /// <summary>The pipeline that the command works on, which is named on the first line of what it writes.</summary>
    /// <param name="isForMachine">Whether standard output is read by a program, so that the line goes to standard error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidSettingsException">Some settings are there, but not all.</exception>
    /// <exception cref="PipelineException">There are no settings, or there is no demo.</exception>
    public async Task<PipelineSettings> ChoosePipelineAsync(bool isForMachine, CancellationToken cancellationToken)
    {
        var settings = IsForDemo ? await ReadDemoAsync(cancellationToken) : ReadPipeline();
        if (!isForMachine) Terminal.WriteNote(settings.Places);
        return settings;
    }

    public void Dispose()
    {
        Log.Dispose();
        if (_buckets.IsValueCreated) _buckets.Value.Dispose();
    }

    private static bool IsBelowDemo(SymbolResult? result) => result is { } && (result is CommandResult { Command.Name: "demo" } || IsBelowDemo(result.Parent));

    private async Task<PipelineSettings> ReadDemoAsync(CancellationToken cancellationToken) =>
        DemoSettings.Of(await DemoServer.ResumeAsync(DemoFolder, Terminal, Clock, cancellationToken), DemoFolder);

    private PipelineSettings ReadPipeline()
    {
        var reader = ReadSettings();
        try
        {
            return PipelineSettings.Read(reader);
        }
        catch (InvalidSettingsException exception) when (HasNone(reader))
        {
            throw new PipelineException(DescribeAbsence(exception), exception);
        }
    }

    // Every function needs the two buckets, and nobody sets them for another purpose.
    private static bool HasNone(SettingsReader settings) => (settings.Optional("AWS_INGEST_BUCKET") ?? settings.Optional("AWS_PROCESS_BUCKET")) is null;

    private string DescribeAbsence(InvalidSettingsException exception)
    {
        var path = Path.Combine(CurrentFolder, SettingsSource.FileName);
        var call = string.Join(' ', Parsed.Tokens.Select(token => LaunchEnvironment.Argument(token.Value)));
        if (File.Exists(path) && string.IsNullOrWhiteSpace(_environment.Variable("WHAT_ENV")))
            return $"{path} is there, and isn't read because WHAT_ENV isn't set. Call: {_environment.InDevelopment(call)}";
        var names = exception.Faults.Select(fault => fault.Split(' ')[0]).Distinct();
        var demo = DemoFolder.Exists ? $"The demo is in {DemoFolder.Root}: `{_environment.Program} demo {call}` works on it." : $"`{_environment.Program} demo` shows what this is about and needs no settings.";
        return $"There are no settings: {string.Join(", ", names)} are missing. `{_environment.Program} init` asks for them and writes {SettingsSource.FileName}. {demo}";
    }

    private Uri? FindEndpoint() =>
        Parsed.GetValue(_options.S3Endpoint) ?? (IsForDemo ? null : ReadSettings().Optional("AWS_ENDPOINT_URL_S3") is { } text ? new Uri(text) : null);
}
