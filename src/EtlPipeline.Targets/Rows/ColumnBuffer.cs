using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets.Values;

namespace EtlPipeline.Targets.Rows;

/// <summary>The values of one column of some rows, in memory, as they will lie in the Parquet file.</summary>
public abstract class ColumnBuffer
{
    private protected ColumnBuffer(TargetColumn column) => Column = column;

    /// <summary>The column.</summary>
    public TargetColumn Column { get; }

    /// <summary>How many values there are, nulls among them.</summary>
    public int Count { get; private protected set; }

    /// <summary>The value of a row as PostgreSQL prints it (<c>column::text</c>); null if it is NULL.</summary>
    /// <param name="row">The row, from 0 on.</param>
    public abstract string? Print(int row);

    internal abstract void AddNull();

    /// <summary>Forgets the values from a row on.</summary>
    internal abstract void Truncate(int count);

    /// <summary>Refuses a null in a required column.</summary>
    private protected void CheckNull()
    {
        if (Column.IsRequired) throw new InvalidRowException($"column '{Column.Name}' of the warehouse is required, and would be null");
    }
}

/// <summary>Values that Parquet holds as they are: booleans, numbers, dates, and times in microseconds since midnight.</summary>
/// <typeparam name="T"><see cref="bool"/>, <see cref="int"/> (also smallint), <see cref="long"/> (also time), <see cref="float"/>, <see cref="double"/>, <see cref="decimal"/> or <see cref="DateOnly"/>.</typeparam>
public sealed class ValueBuffer<T> : ColumnBuffer where T : struct
{
    private readonly Func<T, string> _print;
    private T?[] _values = new T?[256];

    internal ValueBuffer(TargetColumn column, Func<T, string> print) : base(column) => _print = print;

    /// <summary>The values.</summary>
    public ReadOnlyMemory<T?> Values => _values.AsMemory(0, Count);

    /// <inheritdoc/>
    public override string? Print(int row) => Values.Span[row] is { } value ? _print(value) : null;

    internal void Add(T? value)
    {
        if (value is null) CheckNull();
        Append(value);
    }

    internal override void AddNull() => Append(null);

    internal override void Truncate(int count) => Count = Math.Min(Count, count);

    private void Append(T? value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, Count * 2);
        _values[Count++] = value;
    }
}

/// <summary>Values that travel as text: texts, and whatever Parquet has no exact counterpart for.</summary>
public sealed class TextBuffer : ColumnBuffer
{
    private readonly TextArena _arena = new();
    private ReadOnlyMemory<char>?[] _values = new ReadOnlyMemory<char>?[256];

    internal TextBuffer(TargetColumn column) : base(column)
    {
    }

    /// <summary>The values. They are overwritten when the rows are cleared.</summary>
    public ReadOnlyMemory<ReadOnlyMemory<char>?> Values => _values.AsMemory(0, Count);

    /// <inheritdoc/>
    public override string? Print(int row) => Values.Span[row]?.ToString();

    internal void Add(string? text)
    {
        if (text is null) CheckNull();
        Append(text?.AsMemory());
    }

    /// <summary>Adds a text given in UTF-8, without making a string of it.</summary>
    /// <exception cref="InvalidRowException">PostgreSQL can't hold it.</exception>
    internal void Add(ReadOnlySpan<byte> utf8) => Append(_arena.Add(utf8));

    internal override void AddNull() => Append(null);

    internal override void Truncate(int count)
    {
        Count = Math.Min(Count, count);
        if (count == 0) _arena.Clear();
    }

    private void Append(ReadOnlyMemory<char>? value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, Count * 2);
        _values[Count++] = value;
    }
}
