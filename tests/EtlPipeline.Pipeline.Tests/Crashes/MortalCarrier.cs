using EtlPipeline.Pipeline.Tests.Wire;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>Counts what the client sends, and breaks the connection when the run dies.</summary>
internal sealed class MortalCarrier(CrashSwitch crash) : IWireCarrier
{
    private volatile bool _isDying;

    public async Task SendAsync(WireMessage message, Stream server)
    {
        if (message.IsEffect && Begin()) _isDying = true;
        await server.WriteAsync(message.Bytes);
        if (_isDying && message.Type == 'd') crash.Kill();
    }

    public async Task ReceiveAsync(WireMessage message, Stream client)
    {
        if (!_isDying) await client.WriteAsync(message.Bytes);
        else if (message.IsAnswered) crash.Kill();
    }

    private bool Begin()
    {
        try
        {
            return crash.Begin();
        }
        catch (KilledException exception)
        {
            throw new IOException("the run is dead, and its connection with it", exception);
        }
    }
}
