using System.Text.RegularExpressions;
using dotenv.net;

namespace EtlPipeline.Core.Settings;

/// <summary>Where settings come from: the process's environment, and in development (<c>WHAT_ENV=dev</c>) a <c>.env</c> file, over which the environment wins.</summary>
public static partial class SettingsSource
{
    /// <summary>The name of the file.</summary>
    public const string FileName = ".env";

    /// <summary>A reader of the environment and, in development, of the <c>.env</c> file in a folder.</summary>
    /// <param name="folder">The folder of the file; the file may be missing.</param>
    /// <exception cref="InvalidSettingsException">WHAT_ENV is neither dev nor prod, or a line of the file can't be read.</exception>
    public static SettingsReader FromEnvironment(string folder) =>
        FromEnvironment(folder, Environment.GetEnvironmentVariable);

    /// <summary>The same over a given environment.</summary>
    /// <param name="folder">The folder of the file; the file may be missing.</param>
    /// <param name="environment">Gives a variable, or null.</param>
    /// <exception cref="InvalidSettingsException">WHAT_ENV is neither dev nor prod, or a line of the file can't be read.</exception>
    public static SettingsReader FromEnvironment(string folder, Func<string, string?> environment)
    {
        var path = Path.Combine(folder, FileName);
        if (!IsDevelopment(environment) || !File.Exists(path)) return new SettingsReader(environment);
        ThrowIfUnreadable(path);
        // The library takes `export` for a part of the name.
        var file = DotEnv.Fluent().WithEnvFiles(path).WithoutTrimValues().Read().ToDictionary(line => Export().Replace(line.Key, string.Empty), line => line.Value);
        return new SettingsReader(name => environment(name) ?? (file.TryGetValue(name, out var text) ? text : null));
    }

    /// <summary>Whether the environment says that this is development. It is asked first, and alone: what else is missing depends on it.</summary>
    private static bool IsDevelopment(Func<string, string?> environment)
    {
        var settings = new SettingsReader(environment);
        var isDevelopment = settings.Optional("WHAT_ENV", "the environment, dev or prod", false, SettingFormat.Choice(("dev", true), ("prod", false)));
        settings.ThrowIfInvalid();
        return isDevelopment;
    }

    private static void ThrowIfUnreadable(string path)
    {
        var faults = File.ReadLines(path)
            .Select((line, i) => (Line: line, Number: i + 1))
            .Where(line => !Readable().IsMatch(line.Line))
            .Select(line => $"Line {line.Number} of {path} can't be read: a line is NAME=value, or a comment that begins with #")
            .ToList();
        if (faults.Count > 0) throw new InvalidSettingsException(faults);
    }

    [GeneratedRegex(@"^\s*(#.*|(export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Readable();

    [GeneratedRegex(@"^export\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Export();
}
