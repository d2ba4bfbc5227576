using System.IO.Compression;
using EtlPipeline.Core.Rows;
using Parquet;
using Parquet.Schema;

namespace EtlPipeline.Transform.Columns;

/// <summary>Writes rows of a warehouse table as Parquet, in row groups that bound what is held in memory.</summary>
internal sealed class ParquetTableWriter<TRow> : IAsyncDisposable
{
    private const int RowsInGroup = 50_000;
    private const long SourceBytesInGroup = 32 << 20;

    // Smallest, the library's default, takes twenty times as long for a few per cent.
    private static readonly ParquetOptions Options = new()
    {
        CompressionMethod = CompressionMethod.Zstd,
        CompressionLevel = CompressionLevel.Optimal,
    };

    private readonly ParquetWriter _writer;
    private readonly ColumnBuffer<TRow>[] _buffers;
    private int _buffered;
    private long _sourceBytes;

    private ParquetTableWriter(ParquetWriter writer, IEnumerable<Column<TRow>> columns)
    {
        _writer = writer;
        _buffers = [.. columns.Select(column => column.CreateBuffer())];
    }

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    /// <summary>Begins a file. It is complete once the writer is disposed; the stream is left open.</summary>
    public static async Task<ParquetTableWriter<TRow>> CreateAsync(
        WarehouseTable<TRow> table, Stream stream, CancellationToken cancellationToken)
    {
        var columns = table.Columns;
        var schema = new ParquetSchema(columns.Select(column => column.Field));
        var writer = await ParquetWriter.CreateAsync(schema, stream, Options, cancellationToken: cancellationToken);
        return new ParquetTableWriter<TRow>(writer, columns);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="state">Whether it is in the source.</param>
    /// <param name="sourceBytes">How long it is there, which is about what it takes in memory.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="InvalidRowException">A column can't hold its value; nothing of the row was added.</exception>
    public async ValueTask AddAsync(TRow row, RowState state, long sourceBytes, CancellationToken cancellationToken)
    {
        Buffer(row, state);
        Rows++;
        _buffered++;
        _sourceBytes += sourceBytes;
        if (_buffered >= RowsInGroup || _sourceBytes >= SourceBytesInGroup) await WriteRowGroupAsync(cancellationToken);
    }

    /// <summary>Writes the rows that are still held.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_buffered > 0 || Rows == 0) await WriteRowGroupAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private void Buffer(TRow row, RowState state)
    {
        try
        {
            foreach (var buffer in _buffers) buffer.Add(row, state);
        }
        catch (InvalidRowException)
        {
            foreach (var buffer in _buffers) buffer.Truncate(_buffered);
            throw;
        }
    }

    private async Task WriteRowGroupAsync(CancellationToken cancellationToken)
    {
        using var rowGroup = _writer.CreateRowGroup();
        foreach (var buffer in _buffers) await buffer.WriteAsync(rowGroup, cancellationToken);
        rowGroup.CompleteValidate();
        (_buffered, _sourceBytes) = (0, 0);
    }
}
