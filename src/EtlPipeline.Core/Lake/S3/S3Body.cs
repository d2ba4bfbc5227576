using Amazon.S3.Model;

namespace EtlPipeline.Core.Lake.S3;

/// <summary>
/// The body of an object while it comes in. A connection that breaks half-way is a failure that names the object, never an end: a reader
/// must not take what came so far for all there is.
/// </summary>
internal sealed class S3Body(GetObjectResponse response, S3Guard guard) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await response.ResponseStream.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (S3Guard.IsFailure(exception, cancellationToken))
        {
            throw guard.Failure(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return response.ResponseStream.Read(buffer, offset, count);
        }
        catch (Exception exception) when (S3Guard.IsFailure(exception, CancellationToken.None))
        {
            throw guard.Failure(exception);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) response.Dispose();
        base.Dispose(disposing);
    }
}
