using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets.Language;

namespace EtlPipeline.Targets.Rows;

/// <summary>
/// Some rows of a target, column by column, as they are made from rows of the source. A row that can't be made is here too, with its key
/// and the reason alone.
/// </summary>
public abstract class TargetRows
{
    private protected TargetRows(IReadOnlyList<ColumnBuffer> columns)
    {
        Columns = columns;
        Rejected = new TextBuffer(new TargetColumn(ParquetKeys.RejectedColumn, ColumnType.Parse("text"), IsRequired: false));
    }

    /// <summary>The target's columns, in its order.</summary>
    public IReadOnlyList<ColumnBuffer> Columns { get; }

    /// <summary>Why each row was rejected; null for a good one.</summary>
    public TextBuffer Rejected { get; }

    /// <summary>How many rows there are, good and rejected ones.</summary>
    public int Count => Rejected.Count;

    /// <summary>Adds a row of the source.</summary>
    /// <returns>Null if it is a good row; else why it was rejected. The reason names the column, but never a value.</returns>
    public string? Add(SourceRow row)
    {
        try
        {
            AddGood(row);
            Rejected.AddNull();
            return null;
        }
        catch (InvalidRowException exception)
        {
            Truncate(Count);
            AddRejected(row);
            Rejected.Add(exception.Message);
            return exception.Message;
        }
    }

    /// <summary>Forgets all rows, and keeps their room for the next ones.</summary>
    public void Clear()
    {
        Truncate(0);
        Rejected.Truncate(0);
    }

    private protected abstract void AddGood(SourceRow row);

    /// <summary>Adds the key, or nulls in its place if it can't be read, and nulls for everything else.</summary>
    private protected abstract void AddRejected(SourceRow row);

    private void Truncate(int count)
    {
        foreach (var column in Columns) column.Truncate(count);
    }
}

/// <inheritdoc cref="TargetRows"/>
internal sealed class TargetRows<TRow> : TargetRows
{
    private readonly Func<SourceRow, TRow> _read;
    private readonly (Column<SourceRow> Column, ColumnBuffer Buffer)[] _keys;
    private readonly (Column<TRow> Column, ColumnBuffer Buffer)[] _others;

    public TargetRows(IReadOnlyList<Column> columns, Func<SourceRow, TRow> read) : this(columns, [.. columns.Select(column => column.CreateBuffer())], read)
    {
    }

    private TargetRows(IReadOnlyList<Column> columns, ColumnBuffer[] buffers, Func<SourceRow, TRow> read) : base(buffers)
    {
        _read = read;
        _keys = [.. columns.Zip(buffers).Where(pair => pair.First.IsKey).Select(pair => ((Column<SourceRow>)pair.First, pair.Second))];
        _others = [.. columns.Zip(buffers).Where(pair => !pair.First.IsKey).Select(pair => ((Column<TRow>)pair.First, pair.Second))];
    }

    /// <summary>Adds a row that no source has.</summary>
    public void Add(TRow row)
    {
        foreach (var (column, buffer) in _others) column.Fill(buffer, row);
        Rejected.AddNull();
    }

    private protected override void AddGood(SourceRow row)
    {
        foreach (var (column, buffer) in _keys) column.Fill(buffer, row);
        var read = _read(row);
        foreach (var (column, buffer) in _others) column.Fill(buffer, read);
    }

    private protected override void AddRejected(SourceRow row)
    {
        var count = Count;
        try
        {
            foreach (var (column, buffer) in _keys) column.Fill(buffer, row);
        }
        catch (InvalidRowException)
        {
            foreach (var (_, buffer) in _keys) buffer.Truncate(count);
            foreach (var (_, buffer) in _keys) buffer.AddNull();
        }

        foreach (var (_, buffer) in _others) buffer.AddNull();
    }
}
