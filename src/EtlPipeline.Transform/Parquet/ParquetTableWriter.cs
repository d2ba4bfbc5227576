using System.IO.Compression;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets.Rows;
using Parquet;
using Parquet.Schema;

namespace EtlPipeline.Transform.Parquet;

/// <summary>Writes the rows of a target as Parquet, in row groups that bound what is held in memory.</summary>
internal sealed class ParquetTableWriter : IAsyncDisposable
{
    private const int RowsInGroup = 1 << 15;
    private const long SourceBytesInGroup = 8 << 20;

    private readonly TargetRows _rows;
    private readonly (ColumnBuffer Buffer, DataField Field)[] _columns;
    private readonly ParquetWriter _writer;
    private long _sourceBytes;
    private bool _isComplete;

    private ParquetTableWriter(TargetRows rows, (ColumnBuffer Buffer, DataField Field)[] columns, ParquetWriter writer) =>
        (_rows, _columns, _writer) = (rows, columns, writer);

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    /// <summary>Begins a file of the rows that will be added to <paramref name="rows"/>. The stream is left open.</summary>
    public static async Task<ParquetTableWriter> CreateAsync(
        TargetRows rows, Stream stream, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var columns = rows.Columns.Append(rows.Rejected).Select(buffer => (buffer, ParquetColumn.Field(buffer))).ToArray();
        var schema = new ParquetSchema(columns.Select(column => column.Item2));
        var writer = await ParquetWriter.CreateAsync(schema, stream, Options(columns.Select(column => column.Item2)), cancellationToken: cancellationToken);
        writer.CustomMetadata = metadata.ToDictionary(pair => pair.Key, pair => pair.Value);
        return new ParquetTableWriter(rows, columns, writer);
    }

    /// <summary>Takes note of a row that was added, and writes those that are held if they have become many.</summary>
    /// <param name="sourceBytes">How long the row is in the source, which is about what it takes in memory.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public ValueTask AddedAsync(long sourceBytes, CancellationToken cancellationToken)
    {
        Rows++;
        _sourceBytes += sourceBytes;
        return _rows.Count >= RowsInGroup || _sourceBytes >= SourceBytesInGroup ? WriteRowGroupAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Ends the file.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0 || Rows == 0) await WriteRowGroupAsync(cancellationToken);
        _isComplete = true;
        await _writer.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isComplete) return;
        try
        {
            await _writer.DisposeAsync();
        }
        catch (IOException)
        {
            // It writes what it holds, and the disk is full. Nobody wants it any more.
        }
    }

    /// <summary>Numbers as differences take a third of the space, so that the fastest level is left with less than Optimal makes of them plain, in half the time.</summary>
    private static ParquetOptions Options(IEnumerable<DataField> fields)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };
        foreach (var field in fields.Where(field => field.ClrType == typeof(int) || field.ClrType == typeof(long)))
            options.ColumnEncodingHints[field.Name] = EncodingHint.DeltaBinaryPacked;
        return options;
    }

    private async ValueTask WriteRowGroupAsync(CancellationToken cancellationToken)
    {
        using (var group = _writer.CreateRowGroup())
        {
            foreach (var (buffer, field) in _columns) await ParquetColumn.WriteAsync(group, field, buffer, cancellationToken);
            group.CompleteValidate();
        }

        _rows.Clear();
        _sourceBytes = 0;
    }
}
