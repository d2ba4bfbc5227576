using System.CommandLine;
using EtlPipeline.Local.Commands;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The command line of EtlPipeline.Local.</summary>
/// <param name="terminal">Makes the terminal; the argument says whether the reader wants log lines and stack traces.</param>
/// <param name="environment">The environment of the commands.</param>
/// <param name="clock">The clock of all commands.</param>
internal sealed class LocalCommandLine(Func<bool, Terminal> terminal, LaunchEnvironment environment, TimeProvider clock)
{
    private static readonly TimeSpan LongestEnding = TimeSpan.FromMinutes(1);

    private readonly SharedOptions _options = new();

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="cancellationToken">Ends the command, as Ctrl-C does.</param>
    /// <returns>The exit code of the process, an <see cref="ExitCode"/>.</returns>
    public async Task<int> InvokeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var parsed = CreateRoot().Parse(arguments);
        if (parsed.Errors.Count > 0) return (int)Refuse(parsed);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = LongestEnding,
            Output = terminal(false).Output,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private RootCommand CreateRoot()
    {
        var root = new RootCommand("Carries what changed in a PostgreSQL database through a data lake into a warehouse that is right, and says since when.");
        _options.AddTo(root);
        var demo = Create(new DemoCommand());
        foreach (var command in CreatePipelineCommands()) demo.Subcommands.Add(command);
        demo.Subcommands.Add(Create(new StopCommand()));
        demo.Subcommands.Add(Create(new ResetCommand()));
        root.Subcommands.Add(demo);
        root.Subcommands.Add(Create(new InitCommand()));
        foreach (var command in CreatePipelineCommands()) root.Subcommands.Add(command);
        root.Subcommands.Add(Create(new StopCommand()));
        root.Subcommands.Add(Create(new ResetCommand()));
        root.SetAction((parsed, cancellationToken) => ExecuteAsync(new DemoCommand(), parsed, cancellationToken));
        HelpWithExamples.AddTo(root);
        return root;
    }

    // Commands that work on a pipeline also work on the demo's: `demo status`.
    private IEnumerable<Command> CreatePipelineCommands() =>
    [
        Create(new RunCommand()), Create(new PlanCommand()), Create(new StatusCommand()), Create(new RejectedCommand()), Create(new ReconcileCommand()), Create(new ReplayCommand()),
        Create(new QueryCommand()), Create(new HistoryCommand()),
        new Command("lake", "Look into the lake.") { Create(new LakeShowCommand()), Create(new LakeVersionsCommand()) },
        Create(new ReportCommand()), Create(new DescribeCommand()), Create(new CheckCommand()),
    ];

    private Command Create(ICommand command)
    {
        var definition = command.Define();
        definition.SetAction((parsed, cancellationToken) => ExecuteAsync(command, parsed, cancellationToken));
        return definition;
    }

    private async Task<int> ExecuteAsync(ICommand command, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var context = new CommandContext(terminal(parsed.GetValue(_options.Verbose)), environment, parsed, _options, clock);
        try
        {
            return (int)await command.ExecuteAsync(context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Terminal.Error.WriteLine("Stopped. Nothing is half-written; the next call carries on.");
            return (int)ExitCode.Interrupted;
        }
        // The outermost boundary: whatever went wrong becomes one message.
        catch (Exception exception)
        {
            context.Log.WriteWarnings();
            ErrorMessage.Write(context.Terminal, exception, context.Hint);
            return (int)ExitCode.Failure;
        }
    }

    private ExitCode Refuse(ParseResult parsed)
    {
        var error = terminal(false).Error;
        foreach (var fault in parsed.Errors.Select(fault => fault.Message).Distinct()) error.WriteLine($"error: {fault}");
        foreach (var token in parsed.UnmatchedTokens)
        {
            if (Suggestion.Nearest(token, Names(parsed.CommandResult.Command)) is { } name) error.WriteLine($"Did you mean '{name}'?");
        }

        error.WriteLine("Call it with --help to see the commands and options.");
        return ExitCode.Usage;
    }

    private IEnumerable<string> Names(Command command)
    {
        var options = command.Options.Concat([_options.Verbose, _options.Demo, _options.Folder, _options.S3Endpoint]);
        return command.Subcommands.Select(subcommand => subcommand.Name).Concat(options.Select(option => option.Name));
    }
}
