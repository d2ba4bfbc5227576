namespace EtlPipeline.Local.CommandLine;

/// <summary>The environment that a command is called in.</summary>
/// <param name="Folder">The current folder.</param>
/// <param name="Variable">Gives an environment variable, or null.</param>
internal sealed record LaunchEnvironment(string Folder, Func<string, string?> Variable)
{
    private const string Solution = "EtlPipeline.sln";
    private const string Project = "EtlPipeline.Local";

    /// <summary>The environment of this process.</summary>
    public static LaunchEnvironment OfProcess { get; } = new(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable);

    /// <summary>
    /// How this program is called from the current folder, for hints that can be pasted: by its project if it was built in the repository,
    /// otherwise as the installed tool.
    /// </summary>
    public string Program => FindAbove(AppContext.BaseDirectory, Solution) is { } repository
        ? $"dotnet run --project {Quote(Path.GetRelativePath(Folder, Path.Combine(repository, "src", Project)))} --"
        : "etl";

    /// <summary>A command line of this program that can be pasted into a shell with the same environment.</summary>
    /// <param name="arguments">What comes after the program.</param>
    public string CommandLine(string arguments) =>
        string.Equals(Variable("WHAT_ENV")?.Trim(), "dev", StringComparison.OrdinalIgnoreCase) ? InDevelopment(arguments) : $"{Program} {arguments}";

    /// <summary>The same, with <c>WHAT_ENV=dev</c> in front.</summary>
    public string InDevelopment(string arguments) =>
        OperatingSystem.IsWindows() ? $"$env:WHAT_ENV = 'dev'; {Program} {arguments}" : $"WHAT_ENV=dev {Program} {arguments}";

    /// <summary>The nearest folder that holds a file, from the given one upwards; null if none does.</summary>
    public static string? FindAbove(string folder, string file)
    {
        for (var current = new DirectoryInfo(folder); current is { }; current = current.Parent)
        {
            if (File.Exists(Path.Combine(current.FullName, file))) return current.FullName;
        }

        return null;
    }

    /// <summary>An argument as a shell takes it.</summary>
    public static string Argument(string value) =>
        value.Length > 0 && value.All(letter => char.IsLetterOrDigit(letter) || "-_./:=,@%+~".Contains(letter, StringComparison.Ordinal)) ? value
        : value.Contains('\'', StringComparison.Ordinal) ? $"\"{value}\"" : $"'{value}'";

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
