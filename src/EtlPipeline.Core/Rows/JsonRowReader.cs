using System.Buffers;
using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>
/// Reads a JSON array of objects (RFC 8259), one object after the other, from a stream of any length: memory is bounded by the longest row.
/// </summary>
/// <param name="stream">The body; it is not disposed.</param>
/// <param name="longestRow">The longest row that is read, in bytes; a longer one makes the body unreadable.</param>
public sealed class JsonRowReader(Stream stream, int longestRow = RowLimits.Bytes) : IDisposable
{
    // Values may nest; the reader keeps a bit a level, so depth costs nothing worth a limit below the row's own.
    private static readonly JsonReaderOptions Json = new() { MaxDepth = int.MaxValue };

    private readonly JsonRow _row = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private JsonReaderState _state = new(Json);
    private int _start;
    private int _end;
    private long _discarded;
    private bool _isLastBlock;
    private Place _place = Place.BeforeArray;

    private enum Place
    {
        BeforeArray,
        BeforeRows,
        BehindRow,
        AfterArray,
    }

    /// <summary>The row that was read last; valid until the next call of <see cref="ReadAsync"/>.</summary>
    public JsonRow Current => _row;

    /// <summary>How many rows were read.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Goes to the next row; false if the array has ended, and nothing but white space came after it.</summary>
    /// <exception cref="UnreadableRowsException">The body is not a JSON array of objects.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (Advance())
            {
                case Step.Row:
                    if (_row.Utf8.Length > longestRow) throw TooLong(_discarded + _start - _row.Utf8.Length);
                    RowsRead++;
                    return true;
                case Step.End:
                    return false;
                default:
                    await FillAsync(cancellationToken);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private enum Step
    {
        NeedsData,
        Row,
        End,
    }

    private Step Advance()
    {
        if (_place == Place.BehindRow && TryReadAlike()) return Step.Row;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isLastBlock, _state);
        try
        {
            return Advance(ref reader);
        }
        catch (JsonException exception)
        {
            throw new UnreadableRowsException(_discarded + _start + reader.BytesConsumed, "the body is not valid JSON", exception);
        }
    }

    private Step Advance(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            switch (_place)
            {
                case Place.BeforeArray when reader.TokenType == JsonTokenType.StartArray:
                    _place = Place.BeforeRows;
                    Accept(ref reader);
                    break;
                case Place.BeforeRows or Place.BehindRow when reader.TokenType == JsonTokenType.EndArray:
                    _place = Place.AfterArray;
                    Accept(ref reader);
                    break;
                case Place.BeforeRows or Place.BehindRow when reader.TokenType == JsonTokenType.StartObject:
                    return ReadRow(ref reader);
                default:
                    throw new UnreadableRowsException(
                        _discarded + _start + reader.TokenStartIndex, "the body is not a JSON array of objects: another value begins");
            }

            reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isLastBlock, _state);
        }

        return _isLastBlock ? End() : Step.NeedsData;
    }

    private Step ReadRow(ref Utf8JsonReader reader)
    {
        if (!_row.TryRead(ref reader, _buffer.AsMemory(_start, _end - _start), _discarded + _start)) return Step.NeedsData;
        Accept(ref reader);
        _place = Place.BehindRow;
        return Step.Row;
    }

    /// <summary>Reads a row like the last one past the JSON reader, whose state behind it is the same as behind the last one.</summary>
    private bool TryReadAlike()
    {
        var row = _start;
        if (row == _end || _buffer[row++] != ',') return false;
        if (row < _end && _buffer[row] == '\n') row++;
        var length = _row.TryReadAlike(_buffer.AsMemory(row, _end - row));
        if (length > 0) _start = row + length;
        return length > 0;
    }

    private Step End() => _place == Place.AfterArray
        ? Step.End
        : throw new UnreadableRowsException(_discarded + _end, "the body ends before its array does");

    private void Accept(ref Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    // The buffer is filled before it is looked at again: a long row that comes in small pieces would be scanned anew with each of them.
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(_end), _buffer.Length - _end, throwOnEndOfStream: false, cancellationToken);
        _isLastBlock = _end + read < _buffer.Length;
        _end += read;
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        if (length > longestRow) throw TooLong(_discarded + _start);
        var target = length > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        _buffer.AsSpan(_start, length).CopyTo(target);
        if (target != _buffer) ArrayPool<byte>.Shared.Return(_buffer);
        _discarded += _start;
        (_buffer, _start, _end) = (target, 0, length);
    }

    private UnreadableRowsException TooLong(long offset) => new(offset, $"a row of more than {longestRow} bytes begins");
}

/// <summary>A body is not a JSON array of objects. The message says what was found at which byte; the caller adds the key.</summary>
public sealed class UnreadableRowsException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="byteOffset">Bytes from the beginning of the object to the fault.</param>
    /// <param name="reason">What is wrong there, without any value.</param>
    /// <param name="innerException">The JSON reader's exception.</param>
    public UnreadableRowsException(long byteOffset, string reason, Exception? innerException = null)
        : base($"{reason} at byte {byteOffset}", innerException) => ByteOffset = byteOffset;

    /// <summary>Bytes from the beginning of the object to the fault.</summary>
    public long ByteOffset { get; }
}

/// <summary>What a row of a version may be at most. Extract writes no row beyond it, and none is read.</summary>
public static class RowLimits
{
    /// <summary>Bytes of a row as JSON: 32 MiB. With its buffers, its texts and its Parquet, one such row fits into a function of 512 MB.</summary>
    public const int Bytes = 32 << 20;

    /// <summary>Columns of a row: ten times as many as a table of PostgreSQL can have (<i>PostgreSQL Limits</i>: 1,600).</summary>
    public const int Columns = 16_000;
}
