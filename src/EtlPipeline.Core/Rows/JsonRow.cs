using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>One object of a JSON array. It is a view into the reader's buffer, and is reused for the next row.</summary>
public sealed class JsonRow
{
    private static readonly JsonReaderOptions Json = new() { MaxDepth = int.MaxValue };

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

    /// <summary>Goes to another row; false where it has more than <see cref="RowLimits.Columns"/>.</summary>
    internal bool TryRead(ReadOnlyMemory<byte> utf8, long offset)
    {
        (_utf8, Offset, Count) = (utf8, offset, 0);
        var reader = new Utf8JsonReader(utf8.Span, Json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Count == RowLimits.Columns) return false;
            var (nameStart, nameLength, escaped) = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
            reader.Read();
            var (kind, valueStart) = (reader.TokenType, (int)reader.TokenStartIndex);
            reader.Skip();
            Add(new Property(nameStart, nameLength, escaped, kind, valueStart, (int)reader.BytesConsumed - valueStart));
        }

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
