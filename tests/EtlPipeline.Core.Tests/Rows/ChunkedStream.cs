namespace EtlPipeline.Core.Tests.Rows;

/// <summary>A stream that brings its bytes in pieces, as a network does.</summary>
/// <param name="bytes">What it brings.</param>
/// <param name="nextChunk">How long the next piece is; at least 1.</param>
internal sealed class ChunkedStream(byte[] bytes, Func<int> nextChunk) : MemoryStream(bytes)
{
    public ChunkedStream(byte[] bytes, int chunk) : this(bytes, () => chunk)
    {
    }

    public override bool CanSeek => false;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, nextChunk())], cancellationToken);
}
