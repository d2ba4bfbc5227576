using System.Security.Cryptography;
using System.Text;
using EtlPipeline.PostgreSqlServers;

namespace EtlPipeline.Local.Demo.Hosting;

/// <summary>
/// Where the cluster of a demo lies: in the demo's folder, or where the server's account can't get there (root's home is closed to it), in
/// the temporary folder under a name that the demo's folder decides.
/// </summary>
internal static class ClusterPlace
{
    public static async Task<string> ChooseAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var elsewhere = Path.Combine(Path.GetTempPath(), $"etl-pipeline-demo-{Fingerprint(folder.Root)}");
        if (Directory.Exists(folder.Server)) return folder.Server;
        if (Directory.Exists(elsewhere)) return elsewhere;
        return await ServerAccount.CanReachAsync(folder.Root, cancellationToken) ? folder.Server : elsewhere;
    }

    private static string Fingerprint(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}
