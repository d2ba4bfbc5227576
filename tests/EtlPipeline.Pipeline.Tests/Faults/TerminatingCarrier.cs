using EtlPipeline.Pipeline.Tests.Crashes;
using EtlPipeline.Pipeline.Tests.Wire;

namespace EtlPipeline.Pipeline.Tests.Faults;

/// <summary>Has the server end the pipeline's sessions, just before or just after it receives a message, which it may then be at work on.</summary>
internal sealed class TerminatingCarrier(FaultSwitch fault, CrashSide side, Func<Task> terminateAsync) : IWireCarrier
{
    public async Task SendAsync(WireMessage message, Stream server)
    {
        var strikes = message.IsEffect && fault.Strikes();
        if (strikes && side == CrashSide.Before) await terminateAsync();
        await server.WriteAsync(message.Bytes);
        if (strikes && side == CrashSide.After) await terminateAsync();
    }

    public async Task ReceiveAsync(WireMessage message, Stream client) => await client.WriteAsync(message.Bytes);
}
