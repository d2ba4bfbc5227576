using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Values;
using Parquet.Schema;

namespace EtlPipeline.Transform.Columns;

/// <summary>
/// A warehouse table that declares its columns in its constructor, in the order of the table. The first is the key; the schema of the
/// Parquet file and the writing of the rows both follow from the list.
/// </summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
/// <param name="name">The table's name.</param>
internal abstract class WarehouseTable<TRow>(string name)
{
    private readonly List<Column<TRow>> _columns = [];

    public TableName Name { get; } = TableName.Parse(name);

    public virtual IReadOnlyList<Column<TRow>> Columns => _columns;

    public string KeyColumn => Columns[0].Name;

    /// <summary>Declares a required column of type <c>integer</c>.</summary>
    protected void Integer(string column, Func<TRow, int> value) => _columns.Add(Required(new DataField<int>(column), value));

    /// <summary>Declares an optional column of type <c>integer</c>.</summary>
    protected void OptionalInteger(string column, Func<TRow, int?> value) =>
        _columns.Add(new OptionalValueColumn<TRow, int>(new DataField<int?>(column), value));

    /// <summary>Declares a required column of type <c>numeric(10,2)</c>.</summary>
    protected void Decimal(string column, Func<TRow, decimal> value) =>
        _columns.Add(Required(new DecimalDataField(column, DecimalValue.Precision, DecimalValue.Scale), value));

    /// <summary>Declares a required column of type <c>boolean</c>.</summary>
    protected void Boolean(string column, Func<TRow, bool> value) => _columns.Add(Required(new DataField<bool>(column), value));

    /// <summary>Declares a required column of type <c>date</c>.</summary>
    protected void Date(string column, Func<TRow, DateOnly> value) => _columns.Add(Required(new DataField<DateOnly>(column), value));

    /// <summary>Declares a required column of type <c>time</c>; it holds microseconds.</summary>
    protected void Time(string column, Func<TRow, TimeOnly> value) => _columns.Add(Required(
        new TimeDataField(column, TimeUnitPrecision.Micros) { IsAdjustedToUtc = false },
        row => value(row).Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>Declares a required column of type <c>varchar</c>.</summary>
    protected void Text(string column, Func<TRow, string> value) =>
        _columns.Add(new TextColumn<TRow>(new DataField(column, typeof(string), isNullable: false), value));

    /// <summary>Declares an optional column of type <c>varchar</c>.</summary>
    protected void OptionalText(string column, Func<TRow, string?> value) =>
        _columns.Add(new TextColumn<TRow>(new DataField(column, typeof(string), isNullable: true), value));

    private static ValueColumn<TRow, T> Required<T>(DataField field, Func<TRow, T> value) where T : struct =>
        new(field, (row, _) => value(row));
}
