namespace EtlPipeline.Core.Tests.Lake.S3;

/// <summary>A body whose connection is reset after its first bytes.</summary>
internal sealed class BrokenBody(byte[] first) : MemoryStream(first)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is var count and > 0 ? count : throw Reset();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, count) is var read and > 0 ? read : throw Reset();

    private static IOException Reset() => new("Connection reset by peer");
}
