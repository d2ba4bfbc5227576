using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Pipeline.Tests.Wire;

/// <summary>Stands between the pipeline and the server, so that a test can see and break what goes over the wire.</summary>
internal sealed class WireProxy : IAsyncDisposable
{
    private readonly ConcurrentBag<WireConnection> _connections = [];
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly DatabaseSettings _server;
    private readonly Func<IWireCarrier> _createCarrier;
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="server">How the server is reached without it.</param>
    /// <param name="createCarrier">Makes what carries the messages of a new connection.</param>
    public WireProxy(DatabaseSettings server, Func<IWireCarrier> createCarrier)
    {
        (_server, _createCarrier) = (server, createCarrier);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>How the server is reached through the proxy.</summary>
    public DatabaseSettings Settings => Reach(_server);

    /// <summary>How another database of the server is reached through the proxy.</summary>
    public DatabaseSettings Reach(DatabaseSettings settings) =>
        settings with { Host = IPAddress.Loopback.ToString(), Port = ((IPEndPoint)_listener.LocalEndPoint!).Port };

    /// <summary>Breaks every connection, as it happens when a process is killed.</summary>
    public void BreakAll()
    {
        while (_connections.TryTake(out var connection)) connection.Dispose();
    }

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
            while (true) await ConnectAsync(await _listener.AcceptAsync());
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
        var connection = new WireConnection(client, server, _createCarrier());
        _connections.Add(connection);
        _ = connection.RunAsync();
    }
}
