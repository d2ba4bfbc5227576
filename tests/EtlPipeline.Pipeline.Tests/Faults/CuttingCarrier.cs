using EtlPipeline.Pipeline.Tests.Wire;

namespace EtlPipeline.Pipeline.Tests.Faults;

/// <summary>Cuts the connection in the middle of a message that carries rows, in either direction.</summary>
internal sealed class CuttingCarrier(FaultSwitch fault) : IWireCarrier
{
    public Task SendAsync(WireMessage message, Stream server) => CarryAsync(message, server);

    public Task ReceiveAsync(WireMessage message, Stream client) => CarryAsync(message, client);

    private async Task CarryAsync(WireMessage message, Stream target)
    {
        if (!message.HasRows || !fault.Strikes())
        {
            await target.WriteAsync(message.Bytes);
            return;
        }

        await target.WriteAsync(message.Bytes[..(message.Bytes.Length / 2)]);
        throw new IOException("the connection was cut here");
    }
}
