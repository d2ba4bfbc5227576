namespace EtlPipeline.Core.Rows;

/// <summary>The columns that a row has, and their order.</summary>
/// <param name="names">The names as they lie in the body, and whether they have escapes.</param>
internal sealed class RowLayout((byte[] Name, bool IsEscaped)[] names)
{
    /// <summary>The index of a column that isn't there.</summary>
    public const int Missing = -1;

    /// <summary>The index of a column that is there twice.</summary>
    public const int Twice = -2;

    // What stands before each value, from the end of the value before it on.
    private readonly byte[][] _openings =
        [.. names.Select((name, i) => (byte[])[i == 0 ? (byte)'{' : (byte)',', (byte)'"', .. name.Name, (byte)'"', (byte)':'])];

    public static RowLayout Empty { get; } = new([]);

    public int Count => names.Length;

    public ReadOnlySpan<byte> Opening(int index) => _openings[index];

    public bool HasName(int index, ReadOnlySpan<byte> name) => name.SequenceEqual(names[index].Name);

    /// <summary>Where a column is: an index, or <see cref="Missing"/> or <see cref="Twice"/>. The column remembers it.</summary>
    public int IndexOf(ColumnName column)
    {
        if (column.Place is { } place && place.Layout == this) return place.Index;
        var index = Find(column);
        column.Place = new ColumnPlace(this, index);
        return index;
    }

    private int Find(ColumnName column)
    {
        var found = Missing;
        for (var i = 0; i < names.Length; i++)
        {
            var (name, isEscaped) = names[i];
            if (!(isEscaped ? column.EqualsEscaped(name) : name.AsSpan().SequenceEqual(column.Utf8))) continue;
            if (found >= 0) return Twice;
            found = i;
        }

        return found;
    }
}

/// <summary>Where a column is in the rows of a layout.</summary>
internal sealed record ColumnPlace(RowLayout Layout, int Index);
