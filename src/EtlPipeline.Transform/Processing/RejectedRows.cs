using System.Buffers;
using System.Text.Json;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Processing;

/// <summary>The rows of a version that could not be transformed, each whole and with its reason: <c>{"reason":"…","row":{…}}</c>.</summary>
internal sealed class RejectedRows : IAsyncDisposable
{
    private TemporaryFile? _file;
    private RowArrayWriter? _writer;

    public long Count => _writer?.Rows ?? 0;

    /// <summary>Why the first was rejected; null where none was.</summary>
    public string? FirstReason { get; private set; }

    /// <summary>Adds a row, byte for byte as it lies in the source's version.</summary>
    public async ValueTask AddAsync(string reason, JsonRow row, CancellationToken cancellationToken)
    {
        FirstReason ??= reason;
        _file ??= TemporaryFile.Create();
        _writer ??= new RowArrayWriter(_file.Stream);
        await _writer.WriteAsync(Write(reason, row), cancellationToken);
    }

    /// <summary>Puts the rows under a key, where there are any. What lies there already is from an earlier try.</summary>
    public async Task PutAsync(IObjectStore bucket, string key, CancellationToken cancellationToken)
    {
        if (_file is null || _writer is null) return;
        await _writer.CompleteAsync(cancellationToken);
        _file.Stream.Position = 0;
        await bucket.PutIfAbsentAsync(key, _file.Stream, ObjectMetadata.Empty, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

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
