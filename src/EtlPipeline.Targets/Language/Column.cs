using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Language;

/// <summary>A column while its table declares it. What isn't said otherwise is required.</summary>
public abstract class Column
{
    private readonly string _type;
    private string? _references;
    private string? _comment;
    private bool _isOptional;

    private protected Column(string name, string type) => (Name, _type) = (name, type);

    internal string Name { get; }

    /// <summary>The column of the source that a key column holds; null for any other column.</summary>
    internal string? SourceKey { get; init; }

    internal bool IsKey => SourceKey is { };

    /// <summary>Says that the column may be null.</summary>
    public Column Optional()
    {
        _isOptional = true;
        return this;
    }

    /// <summary>Says that the column holds the key of a dimension.</summary>
    /// <param name="dimension">The dimension's name.</param>
    public Column References(string dimension)
    {
        _references = dimension;
        return this;
    }

    /// <summary>Says what the column means. The warehouse shows it to analysts.</summary>
    /// <param name="text">One sentence or two; null if there is nothing to say.</param>
    public Column Comment(string? text)
    {
        _comment = text;
        return this;
    }

    /// <exception cref="FormatException">The type isn't one of the warehouse, or the reference isn't a table's name.</exception>
    internal TargetColumn Describe() => new(
        Name, ColumnType.Parse(_type), !_isOptional, _comment, _references is null ? null : TableName.Parse(_references));

    internal abstract ColumnBuffer CreateBuffer();
}

/// <summary>A column, and how it is filled from a row.</summary>
/// <typeparam name="TRow">What it is filled from.</typeparam>
internal abstract class Column<TRow>(string name, string type) : Column(name, type)
{
    /// <summary>Adds the column's value of a row.</summary>
    /// <exception cref="InvalidRowException">The column can't hold it; the buffer may have it or not.</exception>
    public abstract void Fill(ColumnBuffer buffer, TRow row);
}

/// <summary>A column of values that Parquet holds as they are.</summary>
internal sealed class ValueColumn<TRow, T>(string name, string type, Func<T, string> print, Func<TRow, T?> value)
    : Column<TRow>(name, type) where T : struct
{
    public override void Fill(ColumnBuffer buffer, TRow row) => ((ValueBuffer<T>)buffer).Add(value(row));

    internal override ColumnBuffer CreateBuffer() => new ValueBuffer<T>(Describe(), print);
}

/// <summary>A column of values that travel as text.</summary>
internal sealed class TextColumn<TRow>(string name, string type, Action<TRow, TextBuffer> add) : Column<TRow>(name, type)
{
    public TextColumn(string name, string type, Func<TRow, string?> value) : this(name, type, (row, buffer) => buffer.Add(value(row)))
    {
    }

    public override void Fill(ColumnBuffer buffer, TRow row) => add(row, (TextBuffer)buffer);

    internal override ColumnBuffer CreateBuffer() => new TextBuffer(Describe());
}
