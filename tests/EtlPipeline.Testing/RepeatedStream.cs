namespace EtlPipeline.Testing;

/// <summary>A long body that is nowhere in memory.</summary>
/// <param name="first">How it begins.</param>
/// <param name="piece">What comes then, many times over.</param>
/// <param name="times">How many times; 0 or more.</param>
/// <param name="last">How it ends.</param>
public sealed class RepeatedStream(byte[] first, byte[] piece, int times, byte[] last) : Stream
{
    private byte[] _current = first;
    private int _position;
    private int _pieces = times;
    private bool _isAtLast;

    /// <summary>How much was read of it.</summary>
    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position == _current.Length && !Advance()) return 0;
        var count = Math.Min(buffer.Length, _current.Length - _position);
        _current.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        BytesRead += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Advance()
    {
        if (_isAtLast) return false;
        _position = 0;
        _isAtLast = _pieces-- == 0;
        _current = _isAtLast ? last : piece;
        return true;
    }
}
