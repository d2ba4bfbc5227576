using System.Runtime.CompilerServices;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Language;

/// <summary>What dimensions and facts have in common: a source table, a key that is the source's, and the reading of a row.</summary>
/// <typeparam name="TRow">A row of the source table, as far as the target needs it; the key needs no place in it.</typeparam>
public abstract class Target<TRow> : Table<TRow>, ITarget
{
    /// <summary>What stands in a required text if the source has nothing.</summary>
    protected const string Unknown = "unknown";

    private readonly string _source;
    private readonly List<LookUp> _lookUps = [];

    private protected Target(string name, TargetKind kind, string source, string comment, string file) : base(name, kind, comment, file) =>
        _source = source;

    /// <inheritdoc/>
    public TableName Source => TableName.Parse(_source);

    /// <inheritdoc/>
    public IReadOnlyList<string> SourceKey => [.. Columns.Where(column => column.IsKey).Select(column => column.SourceKey!)];

    /// <inheritdoc/>
    public IReadOnlyList<LookUp> LookUps => _lookUps;

    private protected override TableName? SourceTable => Source;

    /// <inheritdoc/>
    public TargetRows CreateRows() => new TargetRows<TRow>(Columns, Read);

    /// <summary>Reads a row of the source table.</summary>
    protected abstract TRow Read(SourceRow row);

    /// <summary>Declares a second source table, rows of which the source's rows refer to.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">Its key column.</param>
    /// <param name="read">Reads a row of it.</param>
    protected LookUp<TLookUp> LookUp<TLookUp>(string table, string key, Func<SourceRow, TLookUp> read) where TLookUp : class
    {
        var lookUp = new LookUp<TLookUp>(TableName.Parse(table), key, read);
        _lookUps.Add(lookUp);
        return lookUp;
    }

    /// <summary>Declares a key column of type <c>smallint</c>.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="from">The source's column.</param>
    protected Column SmallIntKey(string name, string from) => Add(
        new ValueColumn<SourceRow, int>(name, "smallint", Print, row => row.SmallInt(from)) { SourceKey = from });

    /// <summary>Declares a key column of type <c>integer</c>.</summary>
    /// <inheritdoc cref="SmallIntKey"/>
    protected Column IntegerKey(string name, string from) => Add(
        new ValueColumn<SourceRow, int>(name, "integer", Print, row => row.Integer(from)) { SourceKey = from });

    /// <summary>Declares a key column of type <c>bigint</c>.</summary>
    /// <inheritdoc cref="SmallIntKey"/>
    protected Column BigIntKey(string name, string from) => Add(
        new ValueColumn<SourceRow, long>(name, "bigint", Print, row => row.BigInt(from)) { SourceKey = from });

    /// <summary>Declares a key column of type <c>text</c>.</summary>
    /// <inheritdoc cref="SmallIntKey"/>
    protected Column TextKey(string name, string from) => Add(
        new TextColumn<SourceRow>(name, "text", row => row.Text(from)) { SourceKey = from });

    /// <summary>Declares a key column of type <c>varchar</c>.</summary>
    /// <inheritdoc cref="SmallIntKey"/>
    protected Column VarcharKey(string name, string from) => Add(
        new TextColumn<SourceRow>(name, "character varying", row => row.Text(from)) { SourceKey = from });

    /// <summary>Declares a key column of type <c>date</c>.</summary>
    /// <inheritdoc cref="SmallIntKey"/>
    protected Column DateKey(string name, string from) => Add(
        new ValueColumn<SourceRow, DateOnly>(name, "date", Values.DateValue.Print, row => row.Date(from)) { SourceKey = from });

    /// <summary>Declares a key column of type <c>uuid</c>.</summary>
    /// <inheritdoc cref="SmallIntKey"/>
    protected Column UuidKey(string name, string from) => Add(
        new TextColumn<SourceRow>(name, "uuid", row => row.Uuid(from).ToString()) { SourceKey = from });
}

/// <summary>A dimension. Its table has the newest values; a row that vanishes from the source stays, because facts refer to it.</summary>
/// <inheritdoc/>
public abstract class Dimension<TRow> : Target<TRow>
{
    /// <summary>Begins a dimension.</summary>
    /// <param name="name">The warehouse table.</param>
    /// <param name="source">The source table.</param>
    /// <param name="comment">What it means, for analysts.</param>
    /// <param name="file">The target's source file; the compiler fills it in.</param>
    protected Dimension(string name, string source, string comment, [CallerFilePath] string file = "")
        : base(name, TargetKind.Dimension, source, comment, file)
    {
    }
}

/// <summary>A fact. Its table keeps every state as a record of its own, with the time from and to which it held.</summary>
/// <inheritdoc/>
public abstract class Fact<TRow> : Target<TRow>
{
    private readonly string _recordId;

    /// <summary>Begins a fact.</summary>
    /// <param name="name">The warehouse table.</param>
    /// <param name="source">The source table.</param>
    /// <param name="recordId">The name of the record's number.</param>
    /// <param name="comment">What it means, for analysts.</param>
    /// <param name="file">The target's source file; the compiler fills it in.</param>
    protected Fact(string name, string source, string recordId, string comment, [CallerFilePath] string file = "")
        : base(name, TargetKind.Fact, source, comment, file) => _recordId = recordId;

    private protected override string? RecordId => _recordId;
}
