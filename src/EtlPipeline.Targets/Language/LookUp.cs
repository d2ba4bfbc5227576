using EtlPipeline.Core.Lake;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Language;

/// <summary>A second source table whose columns a target carries too. Extract reads it first, so that both belong to one snapshot.</summary>
public abstract class LookUp
{
    private protected LookUp(TableName table, string key) => (Table, Key) = (table, key);

    /// <summary>The source table.</summary>
    public TableName Table { get; }

    /// <summary>Its key column.</summary>
    public string Key { get; }

    internal abstract object ReadRow(SourceRow row);
}

/// <inheritdoc cref="LookUp"/>
/// <typeparam name="TRow">What the target needs of a row; all of them are held in memory.</typeparam>
public sealed class LookUp<TRow> : LookUp where TRow : class
{
    private readonly Func<SourceRow, TRow> _read;

    internal LookUp(TableName table, string key, Func<SourceRow, TRow> read) : base(table, key) => _read = read;

    internal override object ReadRow(SourceRow row) => _read(row);
}
