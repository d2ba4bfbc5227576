using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Lambda;
using EtlPipeline.Testing.Servers;

namespace EtlPipeline.ColdStart;

/// <summary>A server that is reached with TLS, as a managed one is, with a source and a warehouse on it.</summary>
internal sealed class TlsServer(TestCluster cluster, Lake lake) : IAsyncDisposable
{
    /// <summary>What lies between the two databases.</summary>
    public Lake Lake => lake;

    /// <summary>The functions' environment, in which TLS is required.</summary>
    public Dictionary<string, string> Environment => new(lake.Environment)
    {
        ["TOTE_SYS_DB_HOST"] = "localhost",
        ["TOTE_SYS_DB_SSLMODE"] = "require",
        ["TOTE_SYS_DB_PASSWORD"] = "not asked for",
        ["WAREHOUSE_DB_HOST"] = "localhost",
        ["WAREHOUSE_DB_SSLMODE"] = "require",
        ["WAREHOUSE_DB_PASSWORD"] = "not asked for",
    };

    public static async Task<TlsServer> StartAsync()
    {
        var cluster = await TestCluster.CreateAsync();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await cluster.WriteFileAsync("server.crt", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        await cluster.WriteFileAsync("server.key", Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        await cluster.StopAsync();
        await cluster.StartAsync("listen_addresses=localhost", "ssl=on");
        foreach (var name in new[] { "totesys", "warehouse" }) await cluster.RunClientAsync("createdb", name);
        var source = TestDatabase.On(cluster, "totesys");
        await using (var connection = await source.OpenAsync()) await TotesysSchema.CreateAsync(connection, CancellationToken.None);
        return new TlsServer(cluster, await Lake.CreateAsync(source, TestDatabase.On(cluster, "warehouse")));
    }

    public async ValueTask DisposeAsync()
    {
        await lake.DisposeAsync();
        await cluster.DisposeAsync();
    }
}
