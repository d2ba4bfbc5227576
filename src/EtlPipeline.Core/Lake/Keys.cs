using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EtlPipeline.Core.Lake;

/// <summary>How the values of a key column are ordered, in the source, here and in the warehouse alike.</summary>
public enum KeyOrder
{
    /// <summary>As whole numbers: <c>smallint</c>, <c>integer</c>, <c>bigint</c>.</summary>
    Number,

    /// <summary>As texts, <c>key::text COLLATE "C"</c>, by their UTF-8 bytes: everything else.</summary>
    Text,
}

/// <summary>A column of a key.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Order">How its values are ordered.</param>
public sealed record KeyColumn(string Name, KeyOrder Order);

/// <summary>The key by which a table's rows are told apart, and its order. It has at least one column.</summary>
public sealed class TableKey : IEquatable<TableKey>, IComparer<RowKey>
{
    /// <summary>The longest key that a row may have: 512 bytes of UTF-8, all columns together.</summary>
    public const int LongestKey = 512;

    private const int LongestText = 256;

    /// <summary>Makes the key.</summary>
    /// <param name="columns">Its columns, in the key's order.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TableKey(IEnumerable<KeyColumn> columns)
    {
        Columns = [.. columns];
        if (Columns.Count == 0) throw new ArgumentException("A key has at least one column.", nameof(columns));
    }

    /// <summary>The columns, in the key's order.</summary>
    public IReadOnlyList<KeyColumn> Columns { get; }

    /// <summary>Compares two keys in the order of the source. A key that isn't of this form compares as text.</summary>
    public int Compare(RowKey? x, RowKey? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        for (var i = 0; i < Columns.Count; i++)
        {
            var order = Compare(Columns[i].Order, x.Values[i], y.Values[i]);
            if (order != 0) return order;
        }

        return 0;
    }

    /// <summary>Whether a row key has as many values as this key has columns, each readable in its order, and isn't too long.</summary>
    public bool Fits(RowKey key) =>
        key.Values.Count == Columns.Count
        && key.Length <= LongestKey
        && !Columns.Where((column, i) => column.Order == KeyOrder.Number && !TryReadInteger(key.Values[i], out _)).Any();

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] TableKey? other) => other is { } && Columns.SequenceEqual(other.Columns);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as TableKey);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// The key as metadata carries it, in ASCII: <c>sales_order_id:integer</c>, columns separated by commas and names percent-encoded; the
    /// SHA-256 of that text if it is longer than 256 characters.
    /// </summary>
    public override string ToString()
    {
        var text = string.Join(',', Columns.Select(column => $"{Uri.EscapeDataString(column.Name)}:{(column.Order == KeyOrder.Number ? "integer" : "text")}"));
        return text.Length <= LongestText ? text : $"sha-256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))}";
    }

    private static int Compare(KeyOrder order, string left, string right) =>
        order == KeyOrder.Number && TryReadInteger(left, out var x) && TryReadInteger(right, out var y)
            ? x.CompareTo(y)
            : CompareUtf8(left, right);

    private static bool TryReadInteger(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Compares by code points, which is the order of UTF-8 bytes; UTF-16 puts surrogates before U+E000 to U+FFFF.</summary>
    private static int CompareUtf8(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (x, y) = (left[i], right[i]);
            if (x == y) continue;
            if (char.IsSurrogate(x) != char.IsSurrogate(y)) return char.IsSurrogate(x) ? 1 : -1;
            return x.CompareTo(y);
        }

        return left.Length.CompareTo(right.Length);
    }
}

/// <summary>The key of a row: for each column of the <see cref="TableKey"/>, its value as the source prints it (<c>key::text</c>).</summary>
public sealed class RowKey : IEquatable<RowKey>
{
    /// <summary>Makes the key of a row.</summary>
    public RowKey(params IEnumerable<string> values) => Values = [.. values];

    /// <summary>The values, in the key's order.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The values as a JSON array of texts.</summary>
    public string ToJson() => JsonSerializer.Serialize(Values, LakeJson.Default.IReadOnlyListString);

    /// <summary>Bytes of UTF-8 of all values together.</summary>
    public int Length => Values.Sum(Encoding.UTF8.GetByteCount);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] RowKey? other) => other is { } && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as RowKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in Values) hash.Add(value, StringComparer.Ordinal);
        return hash.ToHashCode();
    }
}

/// <summary>A range of keys, <c>(From, To]</c>.</summary>
/// <param name="From">What lies below the range; null if it begins with the lowest possible key.</param>
/// <param name="To">The highest key in it; null if it ends with the highest possible key.</param>
public sealed record KeyRange(RowKey? From, RowKey? To)
{
    /// <summary>Every possible key.</summary>
    public static KeyRange All { get; } = new(null, null);

    /// <summary>Whether the range holds a key.</summary>
    public bool Contains(RowKey key, TableKey order) =>
        (From is null || order.Compare(key, From) > 0) && (To is null || order.Compare(key, To) <= 0);
}
