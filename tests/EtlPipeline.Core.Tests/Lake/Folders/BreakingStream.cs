namespace EtlPipeline.Core.Tests.Lake.Folders;

/// <summary>A body that breaks off after its first bytes, as a download does whose connection is lost.</summary>
internal sealed class BreakingStream() : MemoryStream(new byte[10])
{
    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => BreakAsync(destination, cancellationToken);

    private async Task BreakAsync(Stream destination, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(ToArray(), cancellationToken);
        throw new IOException("the connection was lost");
    }
}
