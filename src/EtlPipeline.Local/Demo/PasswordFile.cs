using System.Globalization;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.Demo;

/// <summary>The password of the demo's server, in the form that psql reads (PostgreSQL, <i>The Password File</i>), for its owner alone.</summary>
internal static class PasswordFile
{
    private const string Name = "pgpass";

    /// <summary>Writes the file where the server is reached over TCP; over its Unix socket it trusts its account, and needs none.</summary>
    /// <returns>The file's path, or null where there is no need of one.</returns>
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
