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

/// <summary>The PostgreSQL types that totesys uses.</summary>
public enum ColumnKind
{
    /// <summary>integer, a <see cref="int"/> here.</summary>
    WholeNumber,

    /// <summary>text, varchar or an enum's label, a <see cref="string"/> here.</summary>
    Text,

    /// <summary>numeric(10,2), a <see cref="decimal"/> here.</summary>
    Numeric,

    /// <summary>timestamp(3), a <see cref="DateTime"/> in UTC here.</summary>
    Timestamp,

    /// <summary>boolean, a <see cref="bool"/> here.</summary>
    Boolean,
}

/// <summary>A column of a totesys table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its type.</param>
public sealed record TotesysColumn(string Name, ColumnKind Kind);

/// <summary>A row of a totesys table. Two rows are equal when all their columns are.</summary>
public interface ITotesysRow
{
    /// <summary>The primary key.</summary>
    int Key { get; }

    /// <summary>
    /// The values in column order: each an <see cref="int"/>, <see cref="string"/>, <see cref="decimal"/>, <see cref="bool"/>,
    /// <see cref="DateTime"/> or null, as <see cref="ColumnKind"/> says.
    /// </summary>
    object?[] ToValues();
}

/// <summary>The tables of totesys.</summary>
public static class TotesysTables
{
    /// <summary>All eleven, each after those that it refers to.</summary>
    public static IReadOnlyList<TotesysTable> All { get; } =
    [
        Address.Table,
        Department.Table,
        Currency.Table,
        PaymentType.Table,
        Counterparty.Table,
        Staff.Table,
        Design.Table,
        SalesOrder.Table,
        PurchaseOrder.Table,
        Transaction.Table,
        Payment.Table,
    ];

    /// <summary>The table of a name, or null.</summary>
    public static TotesysTable? Find(string name) => All.FirstOrDefault(table => table.Name == name);
}
