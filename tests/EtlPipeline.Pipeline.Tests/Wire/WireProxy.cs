using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>Stands between the pipeline and the server. When the run dies, every connection breaks, as it does when a process is killed.</summary>
internal sealed class MortalProxy : IAsyncDisposable
{
    private readonly ConcurrentBag<MortalConnection> _connections = [];
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly DatabaseSettings _server;
    private readonly CrashSwitch _crash;
    private readonly Task _accepting;

    public MortalProxy(DatabaseSettings server, CrashSwitch crash)
    {
        (_server, _crash) = (server, crash);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        crash.Killed += BreakAll;
        _accepting = AcceptAsync();
    }

    /// <summary>How the server is reached through the proxy.</summary>
    public DatabaseSettings Settings => _server with { Host = IPAddress.Loopback.ToString(), Port = ((IPEndPoint)_listener.LocalEndPoint!).Port };

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        BreakAll();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                if (_crash.IsDead) client.Dispose();
                else await ConnectAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var isSocketFile = Path.IsPathRooted(_server.Host);
        EndPoint endPoint = isSocketFile
            ? new UnixDomainSocketEndPoint(Path.Combine(_server.Host, $".s.PGSQL.{_server.Port}"))
            : new DnsEndPoint(_server.Host, _server.Port);
        var server = isSocketFile
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        client.NoDelay = true;
        await server.ConnectAsync(endPoint);
        var connection = new MortalConnection(client, server, _crash);
        _connections.Add(connection);
        _ = connection.RunAsync();
    }

    private void BreakAll()
    {
        while (_connections.TryTake(out var connection)) connection.Dispose();
    }
}
