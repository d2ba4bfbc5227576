namespace EtlPipeline.SampleData.Tables;

/// <summary>A table of totesys: its form, and where its rows are in a state. The first column is the primary key.</summary>
public sealed class TotesysTable
{
    private readonly Func<SampleState, IEnumerable<ITotesysRow>> _rows;

    internal TotesysTable(string name, Func<SampleState, IEnumerable<ITotesysRow>> rows, params IReadOnlyList<TotesysColumn> columns)
    {
        Name = name;
        Columns = columns;
        _rows = rows;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its columns, in order.</summary>
    public IReadOnlyList<TotesysColumn> Columns { get; }

    /// <summary>The primary key.</summary>
    public TotesysColumn Key => Columns[0];

    /// <summary>Its rows in a state, in key order.</summary>
    public IEnumerable<ITotesysRow> RowsOf(SampleState state) => _rows(state);

    /// <summary>What changed in it from one state to another, in key order.</summary>
    public IEnumerable<RowChange> Changes(SampleState earlier, SampleState later) => RowChange.Between(RowsOf(earlier), RowsOf(later));

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
