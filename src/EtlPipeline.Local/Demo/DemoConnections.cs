using System.Globalization;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.Demo;

/// <summary>The command that opens a database of the demo in psql, ready to paste into a shell.</summary>
internal static class PsqlCommand
{
    /// <summary>Writes the command. It contains no secret.</summary>
    /// <param name="database">The database.</param>
    /// <param name="passwordFile">The file with the password for psql; null if the server asks for none.</param>
    public static string Write(DatabaseSettings database, string? passwordFile)
    {
        var port = database.Port.ToString(CultureInfo.InvariantCulture);
        return passwordFile is null
            ? $"psql -h {Quote(database.Host)} -p {port} -U {database.User} {database.Database}"
            : $"psql \"host={database.Host} port={port} user={database.User} dbname={database.Database} passfile='{passwordFile.Replace('\\', '/')}'\"";
    }

    private static string Quote(string path) => path.All(IsPlain) ? path : $"\"{path}\"";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || "/._-+".Contains(character, StringComparison.Ordinal);
}

/// <summary>The password of the demo's server, in the form that psql reads (PostgreSQL, <i>The Password File</i>), readable only by its owner.</summary>
internal static class PasswordFile
{
    private const string Name = "pgpass";

    /// <summary>Writes the file if the server is reached over TCP. Over its Unix socket it trusts its own account.</summary>
    /// <returns>The file's path; null if none is needed.</returns>
    public static async Task<string?> WriteAsync(DatabaseSettings database, DemoFolder folder, CancellationToken cancellationToken)
    {
        if (Path.IsPathRooted(database.Host)) return null;
        var path = Path.Combine(folder.Root, Name);
        await using (var file = new FileStream(path, OwnerOnly.CreateFile()))
        await using (var writer = new StreamWriter(file))
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{database.Host}:{database.Port}:*:{database.User}:{database.Password}");
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        return path;
    }
}
