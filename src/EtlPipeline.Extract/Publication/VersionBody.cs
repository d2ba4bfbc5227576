using System.IO.Compression;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Publication;

/// <summary>The rows of a version on their way: a JSON array, one row a line, compressed into a temporary file while they are read.</summary>
internal sealed class VersionBody : IAsyncDisposable
{
    private const int BufferSize = 1 << 17;

    private readonly TemporaryFile _file = TemporaryFile.Create();
    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    public VersionBody() => _gzip = new GZipStream(_file.Stream, CompressionLevel.Fastest, leaveOpen: true);

    /// <summary>How many rows were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Their bytes as JSON, before compression.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes a row, given as a JSON object without line breaks.</summary>
    public void Write(ReadOnlySpan<byte> row)
    {
        Append(Rows == 0 ? "[\n"u8 : ",\n"u8);
        Append(row);
        Rows++;
        Bytes += row.Length + 2;
    }

    /// <summary>Ends the array.</summary>
    /// <returns>The compressed body, from its beginning.</returns>
    public Stream Complete()
    {
        Append(Rows == 0 ? "[\n]\n"u8 : "\n]\n"u8);
        Flush();
        _gzip.Dispose();
        _file.Stream.Position = 0;
        return _file.Stream;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _gzip.DisposeAsync();
        }
        catch (IOException)
        {
            // The disk is full, and what was still to be written is not wanted any more.
        }

        await _file.DisposeAsync();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length) Flush();
        if (bytes.Length > _buffer.Length)
        {
            _gzip.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Flush()
    {
        _gzip.Write(_buffer.AsSpan(0, _length));
        _length = 0;
    }
}
