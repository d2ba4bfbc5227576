using dotenv.net;

namespace EtlPipeline.Core.Settings;

/// <summary>Where settings come from: the process's environment, and in development (<c>WHAT_ENV=dev</c>) a <c>.env</c> file, over which the environment wins.</summary>
public static class SettingsSource
{
    /// <summary>A reader of the environment and, in development, of the <c>.env</c> file in a folder.</summary>
    /// <param name="folder">The folder of the file; the file may be missing.</param>
    public static SettingsReader FromEnvironment(string folder) =>
        FromEnvironment(folder, Environment.GetEnvironmentVariable);

    /// <summary>The same over a given environment.</summary>
    public static SettingsReader FromEnvironment(string folder, Func<string, string?> environment)
    {
        var path = Path.Combine(folder, ".env");
        var isDevelopment = string.Equals(environment("WHAT_ENV")?.Trim(), "dev", StringComparison.OrdinalIgnoreCase);
        if (!isDevelopment || !File.Exists(path)) return CheckEnvironmentName(new SettingsReader(environment));
        var file = DotEnv.Fluent().WithEnvFiles(path).WithoutTrimValues().Read();
        return CheckEnvironmentName(new SettingsReader(name => environment(name) ?? (file.TryGetValue(name, out var text) ? text : null)));
    }

    private static SettingsReader CheckEnvironmentName(SettingsReader settings)
    {
        settings.Optional("WHAT_ENV", "the environment, dev or prod", false, SettingFormat.Choice(("dev", true), ("prod", false)));
        return settings;
    }
}
