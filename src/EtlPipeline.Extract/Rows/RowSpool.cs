using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Extract.Rows;

/// <summary>Rows in a temporary file: written first, then read as often as need be.</summary>
internal sealed class RowSpool : IAsyncDisposable
{
    /// <summary>Bytes from the file's beginning to the first row.</summary>
    public static readonly long FirstRowOffset = new RowArrayWriter(Stream.Null).NextRowOffset;

    private readonly TemporaryFile _file;
    private readonly RowArrayWriter _writer;

    public RowSpool()
    {
        _file = TemporaryFile.Create();
        _writer = new RowArrayWriter(_file.Stream);
    }

    public long Count => _writer.Rows;

    /// <summary>Bytes from the file's beginning to the row that comes next.</summary>
    public long NextRowOffset => _writer.NextRowOffset;

    public ValueTask AppendAsync(ReadOnlyMemory<byte> row, CancellationToken cancellationToken) => _writer.WriteAsync(row, cancellationToken);

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => _writer.CompleteAsync(cancellationToken);

    /// <summary>The rows from the first on; the spool is complete.</summary>
    public JsonRowReader Read() => new(Rewind());

    /// <summary>The whole file, as it is put into a bucket.</summary>
    public Stream Rewind()
    {
        _file.Stream.Position = 0;
        return _file.Stream;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
