using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Mapping;

/// <summary>The rows of a version that could not be transformed, each whole and with its reason: <c>{"reason":"…","row":{…}}</c>, gzipped.</summary>
internal sealed class RejectedRows : IAsyncDisposable
{
    private TemporaryFile? _file;
    private GZipStream? _gzip;
    private RowArrayWriter? _writer;

    public long Count => _writer?.Rows ?? 0;

    /// <summary>Why the first was rejected; null if none was.</summary>
    public string? FirstReason { get; private set; }

    /// <summary>Adds a row, byte for byte as it lies in the source's version.</summary>
    public ValueTask AddAsync(string reason, JsonRow row, CancellationToken cancellationToken)
    {
        FirstReason ??= reason;
        _file ??= TemporaryFile.Create();
        _gzip ??= new GZipStream(_file.Stream, CompressionLevel.Fastest, leaveOpen: true);
        _writer ??= new RowArrayWriter(_gzip);
        return _writer.WriteAsync(Write(reason, row), cancellationToken);
    }

    /// <summary>Ends the array.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_writer is null || _gzip is null) return;
        await _writer.CompleteAsync(cancellationToken);
        await _gzip.DisposeAsync();
    }

    /// <summary>Puts the rows under a key, if there are any. What lies there already is from an earlier try.</summary>
    public async Task PutAsync(IObjectStore bucket, string key, CancellationToken cancellationToken)
    {
        if (_file is null) return;
        _file.Stream.Position = 0;
        await bucket.PutIfAbsentAsync(key, _file.Stream, ObjectMetadata.Empty, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gzip is { }) await _gzip.DisposeAsync();
        if (_file is { }) await _file.DisposeAsync();
    }

    private static ReadOnlyMemory<byte> Write(string reason, JsonRow row)
    {
        var buffer = new ArrayBufferWriter<byte>(row.Utf8.Length + 256);
        using var json = new Utf8JsonWriter(buffer, RowJson.WriterOptions);
        json.WriteStartObject();
        json.WriteString("reason", reason);
        json.WritePropertyName("row");
        json.WriteRawValue(row.Utf8, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
