using System.Net.Sockets;

namespace EtlPipeline.Pipeline.Tests.Wire;

/// <summary>A connection through the proxy, which lives until one of its ends or its carrier breaks it.</summary>
internal sealed class WireConnection(Socket client, Socket server, IWireCarrier carrier) : IDisposable
{
    private readonly NetworkStream _client = new(client, ownsSocket: true);
    private readonly NetworkStream _server = new(server, ownsSocket: true);

    public async Task RunAsync()
    {
        try
        {
            await Task.WhenAny(
                PumpAsync(_client, beginsWithStartup: true, message => carrier.SendAsync(message, _server)),
                PumpAsync(_server, beginsWithStartup: false, message => carrier.ReceiveAsync(message, _client)));
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static async Task PumpAsync(NetworkStream from, bool beginsWithStartup, Func<WireMessage, Task> carry)
    {
        try
        {
            await using var buffered = new BufferedStream(from, 1 << 16);
            for (var isFirst = beginsWithStartup; await WireMessage.ReadAsync(buffered, isFirst, CancellationToken.None) is { } message; isFirst = false)
                await carry(message);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            // The connection has ended, which is what this class is for.
        }
    }
}
