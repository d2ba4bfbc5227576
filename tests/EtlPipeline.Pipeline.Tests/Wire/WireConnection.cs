using System.Net.Sockets;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>A connection through the proxy: it counts what the client sends, and breaks when the run dies.</summary>
internal sealed class MortalConnection(Socket client, Socket server, CrashSwitch crash) : IDisposable
{
    private readonly NetworkStream _client = new(client, ownsSocket: true);
    private readonly NetworkStream _server = new(server, ownsSocket: true);
    private volatile bool _isDying;

    public async Task RunAsync()
    {
        try
        {
            await Task.WhenAny(SendAsync(), ReceiveAsync());
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

    private Task SendAsync() => GuardAsync(async () =>
    {
        await using var buffered = new BufferedStream(_client, 1 << 16);
        for (var isFirst = true; await WireMessage.ReadAsync(buffered, isFirst, CancellationToken.None) is { } message; isFirst = false)
        {
            if (message.IsEffect && crash.Begin()) _isDying = true;
            await _server.WriteAsync(message.Bytes);
            if (_isDying && message.Type == 'd') crash.Kill();
        }
    });

    private Task ReceiveAsync() => GuardAsync(async () =>
    {
        await using var buffered = new BufferedStream(_server, 1 << 16);
        while (await WireMessage.ReadAsync(buffered, isFirst: false, CancellationToken.None) is { } message)
        {
            if (!_isDying) await _client.WriteAsync(message.Bytes);
            else if (message.IsAnswered) crash.Kill();
        }
    });

    private static async Task GuardAsync(Func<Task> pump)
    {
        try
        {
            await pump();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or KilledException or SocketException)
        {
            // The connection has ended, which is what this class is for.
        }
    }
}
