using System.Globalization;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.Demo;

/// <summary>The command that opens a database of the demo in psql, to be pasted into a shell.</summary>
internal static class PsqlCommand
{
    /// <summary>Writes the command; it has no secret in it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="passwordFile">Where psql finds the password; null where the server asks for none.</param>
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
