using System.CommandLine;

namespace EtlPipeline.Local.CommandLine;

/// <summary>A command.</summary>
internal interface ICommand
{
    /// <summary>Its name, description and options.</summary>
    Command Define();

    /// <summary>Does it; what it throws is shown to the reader, and makes the exit code 1.</summary>
    Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken);
}

/// <summary>How a command ends.</summary>
internal enum ExitCode
{
    /// <summary>All went well.</summary>
    Success = 0,

    /// <summary>Something could not be done, or is wrong; standard error says what.</summary>
    Failure = 1,

    /// <summary>All went well, but rows are rejected.</summary>
    Rejected = 2,

    /// <summary>The command line was not understood, and nothing was begun.</summary>
    Usage = 3,

    /// <summary>Rows differ, and it was not waited for whether the next run mends them (<c>reconcile --no-wait</c>).</summary>
    Unconfirmed = 4,

    /// <summary>Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    Interrupted = 130,
}

/// <summary>A command whose help needs more than a sentence.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">The sentence in the list of commands.</param>
/// <param name="explanation">What stands below its own help.</param>
internal sealed class ExplainedCommand(string name, string description, string explanation) : Command(name, description)
{
    public string Explanation => explanation;
}
