using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>One object of a JSON array. It is a view into the reader's buffer, and is reused for the next row.</summary>
public sealed class JsonRow
{
    private Property[] _properties = new Property[16];
    private ReadOnlyMemory<byte> _utf8;

    /// <summary>The row's bytes, from <c>{</c> to <c>}</c>, as they lie in the body.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8.Span;

    /// <summary>Bytes from the beginning of the object to the row's <c>{</c>.</summary>
    public long Offset { get; private set; }

    /// <summary>How many properties the row has; one that is there twice counts twice.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a column; false where there is none. Names are compared byte for byte.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="value">Its value, valid as long as the row.</param>
    /// <exception cref="InvalidRowException">The column is there twice.</exception>
    public bool TryGetValue(ColumnName column, out JsonValue value)
    {
        value = default;
        var found = false;
        for (var i = 0; i < Count; i++)
        {
            ref readonly var property = ref _properties[i];
            if (!IsNamed(property, column)) continue;
            if (found) throw new InvalidRowException($"column '{column}' is there twice");
            value = new JsonValue(property.Kind, _utf8.Span.Slice(property.ValueStart, property.ValueLength));
            found = true;
        }

        return found;
    }

    /// <summary>Goes to the row that begins at the reader's token.</summary>
    /// <param name="reader">The reader; it stands behind the row afterwards.</param>
    /// <param name="buffer">What it reads.</param>
    /// <param name="bufferOffset">Bytes from the beginning of the object to the buffer's.</param>
    /// <returns>False where the buffer ends before the row does; the row is then no one's.</returns>
    /// <exception cref="UnreadableRowsException">It has more columns than <see cref="RowLimits.Columns"/>.</exception>
    internal bool TryRead(ref Utf8JsonReader reader, ReadOnlyMemory<byte> buffer, long bufferOffset)
    {
        var start = (int)reader.TokenStartIndex;
        (Offset, Count) = (bufferOffset + start, 0);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                _utf8 = buffer[start..(int)reader.BytesConsumed];
                return true;
            }

            if (Count == RowLimits.Columns) throw new UnreadableRowsException(Offset, $"a row of more than {RowLimits.Columns} columns begins");
            if (!TryReadProperty(ref reader, start)) return false;
        }

        return false;
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

    private bool IsNamed(in Property property, ColumnName column)
    {
        var name = _utf8.Span.Slice(property.NameStart, property.NameLength);
        return property.NameIsEscaped ? column.EqualsEscaped(name) : name.SequenceEqual(column.Utf8);
    }

    private readonly record struct Property(
        int NameStart, int NameLength, bool NameIsEscaped, JsonTokenType Kind, int ValueStart, int ValueLength);
}
