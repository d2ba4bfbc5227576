using System.CommandLine;

namespace EtlPipeline.Local.CommandLine;

/// <summary>A command.</summary>
internal interface ICommand
{
    /// <summary>Its name, description and options.</summary>
    Command Define();

    /// <summary>Does it; what it throws is shown to the reader, and makes the exit code 1.</summary>
    Task ExecuteAsync(CommandContext context, CancellationToken cancellationToken);
}
