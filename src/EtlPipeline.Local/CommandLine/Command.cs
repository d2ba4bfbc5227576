using System.CommandLine;

namespace EtlPipeline.Local.CommandLine;

/// <summary>A command.</summary>
internal interface ICommand
{
    /// <summary>Its name, description and options.</summary>
    Command Define();

    /// <summary>Executes the command. An exception is shown to the reader and makes the exit code 1.</summary>
    Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken);
}

/// <summary>How a command ends.</summary>
internal enum ExitCode
{
    /// <summary>Everything went well.</summary>
    Success = 0,

    /// <summary>Something failed or is wrong. Standard error says what.</summary>
    Failure = 1,

    /// <summary>Everything went well, but rows are rejected.</summary>
    Rejected = 2,

    /// <summary>The command line was not understood, and nothing was done.</summary>
    Usage = 3,

    /// <summary>Rows differ, and the command didn't wait to see whether the next run mends them (<c>reconcile --no-wait</c>).</summary>
    Unconfirmed = 4,

    /// <summary>Ctrl-C: 128 plus the number of SIGINT, as in shells.</summary>
    Interrupted = 130,
}

/// <summary>A command whose help needs more than a sentence.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">The sentence in the list of commands.</param>
/// <param name="explanation">The text below the command's own help.</param>
internal sealed class ExplainedCommand(string name, string description, string explanation) : Command(name, description)
{
    public string Explanation => explanation;
}
