using System.Buffers;
using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>One object of a JSON array. It is a view into the reader's buffer, and is reused for the next row.</summary>
public sealed class JsonRow
{
    // What ends the plain part of a string: its quote, an escape, or a control character, which JSON forbids there.
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private Property[] _properties = new Property[16];
    private RowLayout _layout = RowLayout.Empty;
    private ReadOnlyMemory<byte> _utf8;

    /// <summary>The row's bytes, from <c>{</c> to <c>}</c>, as they lie in the body.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8.Span;

    /// <summary>How many properties the row has; one that is there twice counts twice.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a column; false if there is none. Names are compared byte for byte.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="value">Its value, valid as long as the row.</param>
    /// <exception cref="InvalidRowException">The column is there twice.</exception>
    public bool TryGetValue(ColumnName column, out JsonValue value)
    {
        var index = _layout.IndexOf(column);
        if (index < 0)
        {
            value = default;
            return index == RowLayout.Missing ? false : throw new InvalidRowException($"column '{column}' is there twice");
        }

        ref readonly var property = ref _properties[index];
        value = new JsonValue(property.Kind, _utf8.Span.Slice(property.ValueStart, property.ValueLength));
        return true;
    }

    /// <summary>Goes to a row that stands alone.</summary>
    /// <param name="row">A JSON object. It must not be changed while the row is used.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public void Read(ReadOnlyMemory<byte> row)
    {
        if (TryReadAlike(row) == row.Length) return;
        var reader = new Utf8JsonReader(row.Span);
        if (!(reader.Read() && reader.TokenType == JsonTokenType.StartObject && TryRead(ref reader, row, 0))) throw new JsonException("A row is a JSON object.");
    }

    /// <summary>Goes to the row that begins at the reader's token.</summary>
    /// <param name="reader">The reader; it stands behind the row afterwards.</param>
    /// <param name="buffer">What it reads.</param>
    /// <param name="bufferOffset">Bytes from the beginning of the object to the buffer's.</param>
    /// <returns>False if the buffer ends before the row does; the row is then no one's.</returns>
    /// <exception cref="UnreadableRowsException">It has more columns than <see cref="RowLimits.Columns"/>.</exception>
    internal bool TryRead(ref Utf8JsonReader reader, ReadOnlyMemory<byte> buffer, long bufferOffset)
    {
        var start = (int)reader.TokenStartIndex;
        Count = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                _utf8 = buffer[start..(int)reader.BytesConsumed];
                TakeLayout();
                return true;
            }

            if (Count == RowLimits.Columns)
                throw new UnreadableRowsException(bufferOffset + start, $"a row of more than {RowLimits.Columns} columns begins");
            if (!TryReadProperty(ref reader, start)) return false;
        }

        return false;
    }

    /// <summary>
    /// Goes to the row at the beginning of the buffer if it has the columns of the last row, in its order, without white space, and values
    /// that can be told at a glance, as nearly all rows have that the pipeline wrote. Five times as fast as <see cref="TryRead"/>: one long loop.
    /// </summary>
    /// <returns>The row's length; 0 if it has to be read by <see cref="TryRead"/>.</returns>
    internal int TryReadAlike(ReadOnlyMemory<byte> buffer)
    {
        var bytes = buffer.Span;
        var position = 0;
        for (var i = 0; i < _layout.Count; i++)
        {
            var opening = _layout.Opening(i);
            if (!bytes[position..].StartsWith(opening)) return 0;
            var start = position + opening.Length;
            if (start >= bytes.Length) return 0;
            var (kind, length) = bytes[start] switch
            {
                (byte)'"' => (JsonTokenType.String, PlainStringLength(bytes[start..])),
                (byte)'n' => (JsonTokenType.Null, bytes[start..].StartsWith("null"u8) ? 4 : 0),
                (byte)'t' => (JsonTokenType.True, bytes[start..].StartsWith("true"u8) ? 4 : 0),
                (byte)'f' => (JsonTokenType.False, bytes[start..].StartsWith("false"u8) ? 5 : 0),
                _ => (JsonTokenType.Number, PlainNumberLength(bytes[start..])),
            };
            if (length == 0) return 0;
            _properties[i] = _properties[i] with { Kind = kind, ValueStart = start, ValueLength = length };
            position = start + length;
        }

        if (_layout.Count == 0 || position == bytes.Length || bytes[position] != '}') return 0;
        _utf8 = buffer[..(position + 1)];
        Count = _layout.Count;
        return position + 1;
    }

    /// <summary>Bytes of a string without escapes, quotes included; 0 if it has any, or no end.</summary>
    private static int PlainStringLength(ReadOnlySpan<byte> bytes)
    {
        var end = bytes[1..].IndexOfAny(StringEnds);
        return end >= 0 && bytes[end + 1] == '"' ? end + 2 : 0;
    }

    /// <summary>Bytes of a number without an exponent (RFC 8259, <i>Numbers</i>); 0 if it is none, or may go on behind the buffer.</summary>
    private static int PlainNumberLength(ReadOnlySpan<byte> bytes)
    {
        var position = bytes[0] == '-' ? 1 : 0;
        var whole = DigitsLength(bytes[position..]);
        if (whole == 0 || (whole > 1 && bytes[position] == '0')) return 0;
        position += whole;
        if (position < bytes.Length && bytes[position] == '.')
        {
            var decimals = DigitsLength(bytes[(position + 1)..]);
            if (decimals == 0) return 0;
            position += 1 + decimals;
        }

        return position < bytes.Length && bytes[position] is (byte)',' or (byte)'}' ? position : 0;
    }

    private static int DigitsLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length && (uint)(bytes[length] - '0') <= 9) length++;
        return length;
    }

    private bool TryReadProperty(ref Utf8JsonReader reader, int start)
    {
        var (nameStart, nameLength, escaped) = ((int)reader.TokenStartIndex + 1 - start, reader.ValueSpan.Length, reader.ValueIsEscaped);
        if (!reader.Read()) return false;
        var (kind, valueStart) = (reader.TokenType, (int)reader.TokenStartIndex);
        if (!reader.TrySkip()) return false;
        Add(new Property(nameStart, nameLength, escaped, kind, valueStart - start, (int)reader.BytesConsumed - valueStart));
        return true;
    }

    private void Add(Property property)
    {
        if (Count == _properties.Length) Array.Resize(ref _properties, Count * 2);
        _properties[Count++] = property;
    }

    /// <summary>The rows of a version have one order of columns, so that a layout serves many of them.</summary>
    private void TakeLayout()
    {
        if (HasLayout()) return;
        var names = new (byte[] Name, bool IsEscaped)[Count];
        for (var i = 0; i < Count; i++) names[i] = (Name(i).ToArray(), _properties[i].NameIsEscaped);
        _layout = new RowLayout(names);
    }

    private bool HasLayout()
    {
        if (_layout.Count != Count) return false;
        for (var i = 0; i < Count; i++)
        {
            if (!_layout.HasName(i, Name(i))) return false;
        }

        return true;
    }

    private ReadOnlySpan<byte> Name(int index) => _utf8.Span.Slice(_properties[index].NameStart, _properties[index].NameLength);

    private readonly record struct Property(
        int NameStart, int NameLength, bool NameIsEscaped, JsonTokenType Kind, int ValueStart, int ValueLength);
}

/// <summary>A row, or a value of it, is not what its table asks for. The message says why, and names the column, but never a value.</summary>
public sealed class InvalidRowException : Exception
{
    /// <summary>Makes the exception.</summary>
    public InvalidRowException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
