namespace EtlPipeline.Local.CommandLine;

/// <summary>What a command finds around it when it is called.</summary>
/// <param name="Folder">The current folder.</param>
/// <param name="Variable">Gives an environment variable, or null.</param>
internal sealed record LaunchEnvironment(string Folder, Func<string, string?> Variable)
{
    /// <summary>That of this process.</summary>
    public static LaunchEnvironment OfProcess { get; } = new(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable);
}
