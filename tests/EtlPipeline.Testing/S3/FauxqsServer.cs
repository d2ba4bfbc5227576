using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EtlPipeline.Testing.S3;

/// <summary>fauxqs, an S3 server on Node, in a process that ends with this one: the script in <c>server/</c> says what it adds to it.</summary>
internal static class FauxqsServer
{
    /// <summary>Keeps the server's standard input open: it ends when that is collected.</summary>
    private static Process? _process;

    public static async Task<Uri?> TryStartAsync()
    {
        try
        {
            var folder = RepositoryFolder.Find("tests/EtlPipeline.Testing/S3/server");
            await NodePackages.InstallAsync(folder);
            _process = Start(folder);
            var port = await _process.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"the S3 server did not start: {await _process.StandardError.ReadToEndAsync()}");
            return new Uri($"http://127.0.0.1:{int.Parse(port, CultureInfo.InvariantCulture)}");
        }
        catch (Win32Exception)
        {
            return null; // there is no node or npm
        }
    }

    private static Process Start(string folder) => Process.Start(new ProcessStartInfo("node", "server.mjs")
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
