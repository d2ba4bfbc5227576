using System.Globalization;
using System.Security.Cryptography;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets.Values;

namespace EtlPipeline.Targets.Language;

/// <summary>
/// A warehouse table that declares its columns in its constructor, in the order of the table. The warehouse's table, the Parquet file and
/// the making of rows all follow from the list.
/// </summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
public abstract class Table<TRow>
{
    private readonly string _name;
    private readonly TargetKind _kind;
    private readonly string _comment;
    private readonly List<Column> _columns = [];
    private readonly List<ComputedColumn> _computed = [];
    private TargetDescription? _description;

    /// <summary>Begins a table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What kind of table it is.</param>
    /// <param name="comment">What it means, for analysts.</param>
    /// <param name="file">The source file of the table, by whose hash a change of the mapping is noticed.</param>
    private protected Table(string name, TargetKind kind, string comment, string file) =>
        (_name, _kind, _comment, File) = (name, kind, comment, file[(file.LastIndexOfAny(['/', '\\']) + 1)..]);

    /// <summary>What the table says of itself.</summary>
    /// <exception cref="FormatException">It is not what a table can be.</exception>
    public TargetDescription Description => _description ??= Describe();

    /// <summary>The name of the table's source file.</summary>
    public string File { get; }

    internal IReadOnlyList<Column> Columns => _columns;

    /// <summary>The source table; null if there is none.</summary>
    private protected virtual TableName? SourceTable => null;

    /// <summary>The name of the record's number in a fact; null for <c>record_id</c>.</summary>
    private protected virtual string? RecordId => null;

    /// <summary>A hash of the table's source file.</summary>
    private protected virtual string Mapping => Convert.ToHexStringLower(SHA256.HashData(ReadSource()));

    /// <summary>Declares a column of type <c>boolean</c>.</summary>
    protected Column Boolean(string name, Func<TRow, bool?> value) =>
        Add(new ValueColumn<TRow, bool>(name, "boolean", Print, value));

    /// <summary>Declares a column of type <c>smallint</c>.</summary>
    protected Column SmallInt(string name, Func<TRow, short?> value) =>
        Add(new ValueColumn<TRow, int>(name, "smallint", Print, row => value(row)));

    /// <summary>Declares a column of type <c>integer</c>.</summary>
    protected Column Integer(string name, Func<TRow, int?> value) =>
        Add(new ValueColumn<TRow, int>(name, "integer", Print, value));

    /// <summary>Declares a column of type <c>bigint</c>.</summary>
    protected Column BigInt(string name, Func<TRow, long?> value) =>
        Add(new ValueColumn<TRow, long>(name, "bigint", Print, value));

    /// <summary>Declares a column of type <c>numeric(precision, scale)</c>, with at most 28 digits.</summary>
    protected Column Numeric(string name, int precision, int scale, Func<TRow, decimal?> value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, NumericValue.MostDigits);
        return Add(new ValueColumn<TRow, decimal>(
            name, Type($"numeric({precision},{scale})"), Print, row => value(row) is { } number ? NumericValue.Check(name, number, precision, scale) : null));
    }

    /// <summary>Declares a column of type <c>numeric(precision, scale)</c> of any size, from digits.</summary>
    protected Column Numeric(string name, int precision, int scale, Func<TRow, string?> digits) => Add(new TextColumn<TRow>(
        name, Type($"numeric({precision},{scale})"), row => digits(row) is { } text ? NumericValue.Check(name, text, precision, scale) : null));

    /// <summary>Declares a column of type <c>numeric</c> without a limit, from digits.</summary>
    protected Column Numeric(string name, Func<TRow, string?> digits) => Add(new TextColumn<TRow>(name, "numeric", digits));

    /// <summary>Declares a column of type <c>real</c>.</summary>
    protected Column Real(string name, Func<TRow, float?> value) =>
        Add(new ValueColumn<TRow, float>(name, "real", Print, value));

    /// <summary>Declares a column of type <c>double precision</c>.</summary>
    protected Column DoublePrecision(string name, Func<TRow, double?> value) =>
        Add(new ValueColumn<TRow, double>(name, "double precision", Print, value));

    /// <summary>Declares a column of type <c>text</c>.</summary>
    protected Column Text(string name, Func<TRow, string?> value) => Add(new TextColumn<TRow>(name, "text", value));

    /// <summary>Declares a column of type <c>varchar</c>.</summary>
    protected Column Varchar(string name, Func<TRow, string?> value) => Add(new TextColumn<TRow>(name, "character varying", value));

    /// <summary>Declares a column of type <c>varchar(length)</c>; a longer text is rejected.</summary>
    protected Column Varchar(string name, int length, Func<TRow, string?> value) => Add(new TextColumn<TRow>(
        name, Type($"character varying({length})"), row => value(row) is { } text ? TextValue.Check(name, text, length) : null));

    /// <summary>Declares a column of type <c>date</c>.</summary>
    protected Column Date(string name, Func<TRow, DateOnly?> value) =>
        Add(new ValueColumn<TRow, DateOnly>(name, "date", DateValue.Print, value));

    /// <summary>Declares a column of type <c>time</c>; it holds microseconds.</summary>
    protected Column Time(string name, Func<TRow, TimeOnly?> value) => Add(new ValueColumn<TRow, long>(
        name, "time without time zone", TimeValue.PrintMicroseconds, row => value(row)?.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>Declares a column of type <c>timestamp</c>; it holds microseconds.</summary>
    protected Column Timestamp(string name, Func<TRow, Timestamp?> value) => Add(new TextColumn<TRow>(
        name, "timestamp without time zone", row => value(row) is { } timestamp ? TimestampValue.Print(timestamp) : null));

    /// <summary>Declares a column of type <c>timestamptz</c>; it holds microseconds.</summary>
    protected Column TimestampTz(string name, Func<TRow, DateTimeOffset?> value) => Add(new TextColumn<TRow>(
        name, "timestamp with time zone", row => value(row) is { } instant ? TimestampValue.Print(instant) : null));

    /// <summary>Declares a column of type <c>uuid</c>.</summary>
    protected Column Uuid(string name, Func<TRow, Guid?> value) => Add(new TextColumn<TRow>(name, "uuid", row => value(row)?.ToString()));

    /// <summary>Declares a column of type <c>json</c>.</summary>
    protected Column Json(string name, Func<TRow, string?> value) => Add(new TextColumn<TRow>(name, "json", value));

    /// <summary>Declares a column of type <c>jsonb</c>.</summary>
    protected Column Jsonb(string name, Func<TRow, string?> value) => Add(new TextColumn<TRow>(name, "jsonb", value));

    /// <summary>Declares a column of type <c>bytea</c>.</summary>
    protected Column Bytea(string name, Func<TRow, byte[]?> value) =>
        Add(new TextColumn<TRow>(name, "bytea", row => value(row) is { } bytes ? ByteaValue.Print(bytes) : null));

    /// <summary>Declares a column of an array type.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="element">The type of its elements, as PostgreSQL prints it, such as <c>integer</c>.</param>
    /// <param name="value">The array as PostgreSQL prints it, such as <c>{1,2}</c>.</param>
    protected Column Array(string name, string element, Func<TRow, string?> value) => Add(new TextColumn<TRow>(name, $"{element}[]", value));

    /// <summary>Declares a column that the views of current records and the as-of functions compute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expression">SQL over the table's columns.</param>
    /// <param name="comment">What it means, for analysts.</param>
    protected void Computed(string name, string expression, string comment) => _computed.Add(new ComputedColumn(name, expression, comment));

    private protected Column Add(Column column)
    {
        _columns.Add(column);
        return column;
    }

    private protected static string Print<T>(T value) where T : ISpanFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private protected static string Print(bool value) => value ? "true" : "false";

    private protected static string Print(float value) => FloatValue.Print(value);

    private protected static string Print(double value) => FloatValue.Print(value);

    private protected virtual IReadOnlyList<string> Key => [.. _columns.Where(column => column.IsKey).Select(column => column.Name)];

    private static string Type(FormattableString type) => FormattableString.Invariant(type);

    private TargetDescription Describe() => new()
    {
        Name = TableName.Parse(_name),
        Kind = _kind,
        Source = SourceTable,
        Columns = [.. _columns.Select(column => column.Describe())],
        Key = Key,
        RecordId = RecordId,
        Comment = _comment,
        Computed = _computed,
        Mapping = Mapping,
    };

    private Stream ReadSource() => GetType().Assembly.GetManifestResourceStream(File)
        ?? throw new FormatException("its source file does not travel in the assembly; put it under Tables/");
}
