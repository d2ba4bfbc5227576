using System.CommandLine;

namespace EtlPipeline.Local.CommandLine;

/// <summary>A command whose help needs more than a sentence.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">The sentence in the list of commands.</param>
/// <param name="explanation">What stands below its own help.</param>
internal sealed class ExplainedCommand(string name, string description, string explanation) : Command(name, description)
{
    public string Explanation => explanation;
}
