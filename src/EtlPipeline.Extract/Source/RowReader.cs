using System.Buffers;
using System.Buffers.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Extract.Source;

/// <summary>Bytes of PostgreSQL's COPY text format, line after line. Disposing ends the sending.</summary>
public interface ICopyLines : IAsyncDisposable
{
    /// <summary>Reads some bytes; 0 at the end.</summary>
    /// <exception cref="PipelineException">The source can't read the table; the message names it.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}

/// <summary>
/// Rows in key order, out of PostgreSQL's COPY text format. Before the table's own columns, each line has: how many transactions lie between
/// the snapshot's xmin and the row's (NULL if it is older), the hash of the row's key, and the key's values as texts.
/// </summary>
/// <param name="lines">The lines.</param>
/// <param name="relation">The relation that they are rows of.</param>
/// <param name="xmin">The snapshot's xmin.</param>
public sealed class RowReader(ICopyLines lines, SourceRelation relation, ulong xmin) : IAsyncDisposable
{
    // In the text format a row is longer than as JSON at most by the escapes, and bytea is printed in hexadecimal digits.
    private const int LongestLine = 3 * RowLimits.Bytes;

    private readonly CopyRowFormat _format = new(relation.Columns);
    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private byte[] _key = [];
    private int _keyLength;
    private RowKey? _rowKey;

    /// <summary>The row as a JSON object without line breaks; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Json => _json.WrittenSpan;

    /// <summary>The hash of the row's key.</summary>
    public long KeyHash { get; private set; }

    /// <summary>The transaction that wrote the row, if it isn't older than the snapshot's xmin.</summary>
    public ulong? Transaction { get; private set; }

    /// <summary>How many rows were read.</summary>
    public long Count { get; private set; }

    /// <summary>The row's key.</summary>
    public RowKey Key => _rowKey ??= ParseKey();

    /// <summary>Reads the next row; false at the end.</summary>
    /// <exception cref="PipelineException">The row can't be extracted: it is too long, or its key is, or has a NULL, or is there twice.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var scanned = _start;
        int length;
        while ((length = _buffer.AsSpan(scanned, _end - scanned).IndexOf((byte)'\n')) < 0)
        {
            scanned = _end;
            MakeRoom(ref scanned);
            var read = await lines.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0) return _end == _start ? false : throw new InvalidDataException("The rows end in the middle of one.");
            _end += read;
        }

        var line = _start;
        _start = scanned + length + 1;
        Parse(_buffer.AsSpan(line, scanned + length - line));
        Count++;
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => lines.DisposeAsync();

    private void MakeRoom(ref int scanned)
    {
        if (_end < _buffer.Length) return;
        var held = _end - _start;
        if (held > LongestLine) throw TooLong();
        var target = held > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, held);
        (_buffer, scanned, _end, _start) = (target, scanned - _start, held, 0);
    }

    private void Parse(ReadOnlySpan<byte> line)
    {
        var offset = Next(ref line);
        Transaction = CopyRowFormat.IsNull(offset) ? null : xmin + (ulong)ParseInteger(offset);
        var hash = Next(ref line);
        var isNull = CopyRowFormat.IsNull(hash);
        KeyHash = isNull ? 0 : ParseInteger(hash);
        if (isNull) throw new PipelineException($"Table '{relation.Table}' has a row whose key ({Columns}) is NULL; its rows can't be told apart by it");
        KeepKey(ref line);
        _json.ResetWrittenCount();
        _format.Write(line, _json);
        if (_json.WrittenCount > RowLimits.Bytes) throw TooLong();
    }

    private string Columns => string.Join(", ", relation.Key.Columns.Select(column => column.Name));

    private void KeepKey(ref ReadOnlySpan<byte> line)
    {
        var rest = line;
        foreach (var _ in relation.Key.Columns) Next(ref rest);
        var key = line[..(line.Length - rest.Length - 1)];
        line = rest;
        if (Count > 0 && key.SequenceEqual(_key.AsSpan(0, _keyLength)))
            throw new PipelineException($"Table '{relation.Table}' has two rows with one key ({Columns}); mend the rows, or give the table another key");
        if (_key.Length < key.Length) _key = new byte[key.Length];
        key.CopyTo(_key);
        (_keyLength, _rowKey) = (key.Length, null);
        if (key.Length > TableKey.LongestKey && Key.Length > TableKey.LongestKey)
            throw new PipelineException($"Table '{relation.Table}' has a row whose key ({Columns}) is longer than {TableKey.LongestKey} bytes, which is the most that a key may have");
    }

    private RowKey ParseKey()
    {
        var values = new string[relation.Key.Columns.Count];
        ReadOnlySpan<byte> rest = _key.AsSpan(0, _keyLength);
        for (var i = 0; i < values.Length; i++)
        {
            var end = rest.IndexOf((byte)'\t');
            values[i] = CopyRowFormat.Unescape(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return new RowKey(values);
    }

    private PipelineException TooLong() =>
        new($"Table '{relation.Table}' has a row of more than {RowLimits.Bytes >> 20} MiB as JSON, which is the most that a row may have");

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)'\t');
        if (end < 0) throw new InvalidDataException("A row has fewer columns than were asked for.");
        var value = line[..end];
        line = line[(end + 1)..];
        return value;
    }

    private static long ParseInteger(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long value, out var used) && used == digits.Length ? value : throw new InvalidDataException("A row's key has no hash.");
}
