using System.Text;
using EtlPipeline.Core.Settings;
using EtlPipeline.Testing.Servers;

namespace EtlPipeline.Core.Tests.PostgreSql;

/// <summary>A server that listens on <c>localhost</c> and is started anew with each test's certificate.</summary>
public sealed class CertifiedServer : IAsyncDisposable
{
    private readonly Lazy<Task<TestCluster>> _cluster = new(TestCluster.CreateAsync);

    /// <summary>Starts the server with TLS.</summary>
    internal async Task<DatabaseSettings> StartAsync((string Certificate, string Key) certificate)
    {
        var cluster = await _cluster.Value;
        await cluster.WriteFileAsync("server.crt", Encoding.ASCII.GetBytes(certificate.Certificate));
        await cluster.WriteFileAsync("server.key", Encoding.ASCII.GetBytes(certificate.Key));
        return await StartAsync("ssl=on");
    }

    /// <summary>Starts the server without TLS.</summary>
    internal Task<DatabaseSettings> StartBareAsync() => StartAsync("ssl=off");

    public async ValueTask DisposeAsync()
    {
        if (_cluster is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await (await _cluster.Value).DisposeAsync();
    }

    private async Task<DatabaseSettings> StartAsync(string tls)
    {
        var cluster = await _cluster.Value;
        await cluster.StopAsync();
        await cluster.StartAsync("listen_addresses=localhost", tls);
        return cluster.Database("postgres") with { Prefix = "SHOP", Host = "localhost", Password = "s3cret-passw0rd" };
    }
}
