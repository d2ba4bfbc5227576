using System.Globalization;

namespace EtlPipeline.PostgreSqlServers;

/// <summary>The programs of an installed PostgreSQL.</summary>
/// <param name="folder">The folder that holds them.</param>
public sealed class PostgreSqlBinaries(string folder)
{
    private static readonly string[] Places =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        @"C:\Program Files\PostgreSQL\*\bin",
    ];

    /// <summary>The folder that holds the programs.</summary>
    public string Folder => folder;

    /// <summary>Looks on the PATH, then where distributions, Homebrew and the Windows installer put them, the newest first; null if there are none.</summary>
    public static PostgreSqlBinaries? Find()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        var found = path.Concat(Places.SelectMany(Expand)).FirstOrDefault(IsComplete);
        return found is null ? null : new PostgreSqlBinaries(found);
    }

    /// <summary>The path of a program.</summary>
    /// <param name="name">Its name, without a suffix.</param>
    public string PathOf(string name) => Path.Combine(folder, FileName(name));

    private static bool IsComplete(string folder) =>
        folder.Length > 0 && Array.TrueForAll(["initdb", "pg_ctl", "postgres"], name => File.Exists(Path.Combine(folder, FileName(name))));

    private static string FileName(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        var parentEnd = pattern.LastIndexOfAny(['/', '\\'], star);
        var nextSeparator = pattern.IndexOfAny(['/', '\\'], star);
        var (parent, name, rest) = (pattern[..parentEnd], pattern[(parentEnd + 1)..nextSeparator], pattern[(nextSeparator + 1)..]);
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, name).OrderByDescending(VersionOf).Select(version => Path.Combine(version, rest))
            : [];
    }

    private static int VersionOf(string folder)
    {
        var digits = string.Concat(Path.GetFileName(folder).Where(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }
}
