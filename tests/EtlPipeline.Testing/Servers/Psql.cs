using System.Diagnostics;
using EtlPipeline.PostgreSqlServers;

namespace EtlPipeline.Testing.Servers;

/// <summary>PostgreSQL's own client, with which operators run the project's scripts.</summary>
public static class Psql
{
    /// <summary>Runs a script as the documentation says. If psql isn't installed, the test is skipped locally and fails in CI.</summary>
    /// <param name="database">The database to run it in.</param>
    /// <param name="script">The file, from the repository's folder on.</param>
    /// <param name="variables">What <c>-v</c> sets, each as <c>name=value</c>.</param>
    public static async Task RunFileAsync(TestDatabase database, string script, params IEnumerable<string> variables)
    {
        var settings = database.Settings;
        string[] arguments =
        [
            "-X", "-q", "-h", settings.Host, "-p", $"{settings.Port}", "-U", settings.User, "-d", settings.Database, "-v", "ON_ERROR_STOP=1",
            .. variables.SelectMany(variable => (string[])["-v", variable]), "-f", RepositoryFolder.Find(script),
        ];
        using var process = Process.Start(new ProcessStartInfo(Find(), arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PGPASSWORD"] = settings.Password },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{error}{await output}");
    }

    private static string Find()
    {
        const string missing = "psql isn't installed.";
        var psql = PostgreSqlBinaries.Find() is { } found ? Beside(found.PathOf("postgres"), found.PathOf("psql")) : null;
        Assert.False(psql is null && Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, missing);
        Assert.SkipWhen(psql is null, missing);
        return psql!;
    }

    /// <summary>The PATH may lead to links to the server's programs alone; then psql is where they point.</summary>
    private static string? Beside(string server, string psql)
    {
        var target = File.ResolveLinkTarget(server, returnFinalTarget: true);
        return ((string[])[psql, Path.Combine(Path.GetDirectoryName(target?.FullName ?? server)!, "psql")]).FirstOrDefault(File.Exists);
    }
}
