using System.CommandLine;
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

    public CommandContext(
        Terminal terminal, LaunchEnvironment environment, ParseResult parsed, SharedOptions options, TimeProvider clock)
    {
        (_options, _environment) = (options, environment);
        (Terminal, Parsed, Clock) = (terminal, parsed, clock);
        Log = new CommandLog(terminal, clock);
        Buckets = new ObjectStores(parsed.GetValue(options.S3Endpoint), clock);
        DemoFolder = DemoFolder.Find(parsed.GetValue(options.Folder), environment.Folder);
        Round = new PipelineRound(terminal, Log, Buckets, clock);
    }

    public Terminal Terminal { get; }

    public ParseResult Parsed { get; }

    public TimeProvider Clock { get; }

    public CommandLog Log { get; }

    public ObjectStores Buckets { get; }

    public DemoFolder DemoFolder { get; }

    /// <summary>What relative paths are relative to.</summary>
    public string CurrentFolder => _environment.Folder;

    public PipelineRound Round { get; }

    /// <summary>Whether the command is asked to work on the demo: its folder is named, or no settings are there.</summary>
    public bool IsForDemo => Parsed.GetValue(_options.Folder) is { } || !HasSettings();

    /// <summary>The settings of the environment, and in development of <c>.env</c> in the current folder.</summary>
    public SettingsReader ReadSettings() => SettingsSource.FromEnvironment(_environment.Folder, _environment.Variable);

    public void Dispose()
    {
        Log.Dispose();
        Buckets.Dispose();
    }

    // The two buckets are the settings that every function has, and no one sets for another purpose.
    private bool HasSettings()
    {
        var settings = ReadSettings();
        return (settings.Optional("AWS_INGEST_BUCKET") ?? settings.Optional("AWS_PROCESS_BUCKET")) is { };
    }
}
