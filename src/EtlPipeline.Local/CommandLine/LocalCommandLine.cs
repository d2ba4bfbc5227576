using System.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The command line of EtlPipeline.Local.</summary>
/// <param name="terminal">Makes the terminal, given whether the reader wants log lines and stack traces.</param>
/// <param name="environment">What is around the commands.</param>
/// <param name="clock">The clock of all commands.</param>
internal sealed class LocalCommandLine(Func<bool, Terminal> terminal, LaunchEnvironment environment, TimeProvider clock)
{
    private static readonly TimeSpan LongestEnding = TimeSpan.FromMinutes(1);

    private readonly SharedOptions _options = new();

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="cancellationToken">Ends the command, as Ctrl-C does.</param>
    /// <returns>The exit code of the process.</returns>
    public async Task<int> InvokeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var parsed = CreateRoot().Parse(arguments);
        if (parsed.Errors.Count > 0) return (int)Refuse(parsed);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = LongestEnding,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private RootCommand CreateRoot()
    {
        var root = new RootCommand("Carries what changed in a PostgreSQL OLTP database through a data lake into a star-schema warehouse.");
        ICommand[] commands =
        [
            new DemoCommand(), new RunCommand(), new StatusCommand(), new ReconcileCommand(), new ReplayCommand(), new ReportCommand(),
            new StopCommand(), new ResetCommand(),
        ];
        root.Options.Add(_options.Verbose);
        root.Options.Add(_options.Folder);
        root.Options.Add(_options.S3Endpoint);
        foreach (var command in commands) root.Subcommands.Add(Create(command));
        root.SetAction((parsed, cancellationToken) => ExecuteAsync(commands[0], parsed, cancellationToken));
        HelpWithExamples.AddTo(root);
        return root;
    }

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
            await command.ExecuteAsync(context, cancellationToken);
            return (int)ExitCode.Success;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Terminal.Error.WriteLine("Stopped. Nothing is half-written; the next call carries on.");
            return (int)ExitCode.Interrupted;
        }
        // The outermost boundary: whatever went wrong is told in one message.
        catch (Exception exception)
        {
            context.Log.WriteWarnings();
            ErrorMessage.Write(context.Terminal, exception);
            return (int)ExitCode.Failure;
        }
    }

    private ExitCode Refuse(ParseResult parsed)
    {
        var error = terminal(false).Error;
        foreach (var fault in parsed.Errors) error.WriteLine($"error: {fault.Message}");
        error.WriteLine("Call it with --help to see what it understands.");
        return ExitCode.Usage;
    }
}
