namespace EtlPipeline.Pipeline.Tests.Wire;

/// <summary>
/// Carries the messages of one connection on. It may count them, break the connection with an <see cref="IOException"/>, or do something
/// else in the meantime.
/// </summary>
internal interface IWireCarrier
{
    /// <summary>Carries a message of the pipeline to the server.</summary>
    Task SendAsync(WireMessage message, Stream server);

    /// <summary>Carries a message of the server to the pipeline.</summary>
    Task ReceiveAsync(WireMessage message, Stream client);
}
