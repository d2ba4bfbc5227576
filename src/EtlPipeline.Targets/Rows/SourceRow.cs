using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Values;

namespace EtlPipeline.Targets.Rows;

/// <summary>
/// A row of a source table, read column by column. Each reader takes a value exactly as the source has it, or throws
/// <see cref="InvalidRowException"/>, which names the column and puts the row among the rejected ones.
/// </summary>
/// <param name="row">The row as it lies in the ingestion bucket; it may be reused for the next one.</param>
/// <param name="lookUps">The rows of other tables that it may refer to.</param>
public sealed class SourceRow(JsonRow row, LookUpRows lookUps)
{
    private readonly List<ColumnName> _columns = [];
    private int _next;

    /// <summary>The row as it lies there.</summary>
    public JsonRow Json => row;

    /// <summary>True or false.</summary>
    public bool Boolean(string column) => Required(column, BooleanValue.Read);

    /// <summary>True, false or null.</summary>
    public bool? OptionalBoolean(string column) => Optional(column, BooleanValue.Read);

    /// <summary>A whole number of 16 bits.</summary>
    public short SmallInt(string column) => Required(column, IntegerValue.Read16);

    /// <summary>A whole number of 16 bits, or null.</summary>
    public short? OptionalSmallInt(string column) => Optional(column, IntegerValue.Read16);

    /// <summary>A whole number of 32 bits.</summary>
    public int Integer(string column) => Required(column, IntegerValue.Read32);

    /// <summary>A whole number of 32 bits, or null.</summary>
    public int? OptionalInteger(string column) => Optional(column, IntegerValue.Read32);

    /// <summary>A whole number of 64 bits.</summary>
    public long BigInt(string column) => Required(column, IntegerValue.Read64);

    /// <summary>A whole number of 64 bits, or null.</summary>
    public long? OptionalBigInt(string column) => Optional(column, IntegerValue.Read64);

    /// <summary>A number of at most 28 digits, with the decimals that the source has.</summary>
    public decimal Numeric(string column) => Required(column, NumericValue.Read);

    /// <summary>A number of at most 28 digits, or null.</summary>
    public decimal? OptionalNumeric(string column) => Optional(column, NumericValue.Read);

    /// <summary>A floating-point number of 32 bits; it may be infinite or no number.</summary>
    public float Real(string column) => Required(column, FloatValue.ReadSingle);

    /// <summary>A floating-point number of 32 bits, or null.</summary>
    public float? OptionalReal(string column) => Optional(column, FloatValue.ReadSingle);

    /// <summary>A floating-point number of 64 bits; it may be infinite or no number.</summary>
    public double DoublePrecision(string column) => Required(column, FloatValue.ReadDouble);

    /// <summary>A floating-point number of 64 bits, or null.</summary>
    public double? OptionalDoublePrecision(string column) => Optional(column, FloatValue.ReadDouble);

    /// <summary>A text; also enums, JSON, arrays, and everything else that PostgreSQL prints.</summary>
    public string Text(string column) => TryFind(column, out var value) ? Read(column, value, TextValue.Read) : throw Null(column);

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string column) => TryFind(column, out var value) ? Read(column, value, TextValue.Read) : null;

    /// <summary>A number of any length, as its digits.</summary>
    public string Digits(string column) => TryFind(column, out var value) ? Read(column, value, NumericValue.ReadDigits) : throw Null(column);

    /// <summary>A number of any length, as its digits, or null.</summary>
    public string? OptionalDigits(string column) => TryFind(column, out var value) ? Read(column, value, NumericValue.ReadDigits) : null;

    /// <summary>A day of the years 1 to 9999, from a column of type <c>date</c> or a text like 2022-11-03.</summary>
    public DateOnly Date(string column) => Required(column, DateValue.Read);

    /// <summary>A day, or null.</summary>
    public DateOnly? OptionalDate(string column) => Optional(column, DateValue.Read);

    /// <summary>A time of day, in whole microseconds.</summary>
    public TimeOnly Time(string column) => Required(column, TimeValue.Read);

    /// <summary>A time of day, or null.</summary>
    public TimeOnly? OptionalTime(string column) => Optional(column, TimeValue.Read);

    /// <summary>A moment of the years 1 to 9999 without a time zone, in whole microseconds.</summary>
    public Timestamp Timestamp(string column) => Required(column, TimestampValue.Read);

    /// <summary>A moment without a time zone, or null.</summary>
    public Timestamp? OptionalTimestamp(string column) => Optional(column, TimestampValue.Read);

    /// <summary>A moment of the years 1 to 9999 in UTC, in whole microseconds.</summary>
    public DateTimeOffset TimestampTz(string column) => Required(column, TimestampValue.ReadUtc);

    /// <summary>A moment in UTC, or null.</summary>
    public DateTimeOffset? OptionalTimestampTz(string column) => Optional(column, TimestampValue.ReadUtc);

    /// <summary>A UUID.</summary>
    public Guid Uuid(string column) => Required(column, UuidValue.Read);

    /// <summary>A UUID, or null.</summary>
    public Guid? OptionalUuid(string column) => Optional(column, UuidValue.Read);

    /// <summary>Bytes.</summary>
    public byte[] Bytea(string column) => TryFind(column, out var value) ? Read(column, value, ByteaValue.Read) : throw Null(column);

    /// <summary>Bytes, or null.</summary>
    public byte[]? OptionalBytea(string column) => TryFind(column, out var value) ? Read(column, value, ByteaValue.Read) : null;

    /// <summary>The row of a look-up whose key a column holds.</summary>
    /// <param name="lookUp">The look-up.</param>
    /// <param name="column">The column of this row that refers to it.</param>
    public TRow Find<TRow>(LookUp<TRow> lookUp, string column) where TRow : class =>
        lookUps.Find(lookUp, Scalar(column))
        ?? throw new InvalidRowException($"column '{column}': table '{lookUp.Table}' has no such row, or one that can't be read");

    /// <summary>The row of a look-up whose key a column holds; null if the column is null.</summary>
    /// <inheritdoc cref="Find"/>
    public TRow? FindOptional<TRow>(LookUp<TRow> lookUp, string column) where TRow : class =>
        TryFind(column, out _) ? Find(lookUp, column) : null;

    /// <summary>A value that is not null, as text: a string, or the digits of a number, or true or false.</summary>
    internal string Scalar(string column) => TryFind(column, out var value) ? Read(column, value, TextValue.ReadScalar) : throw Null(column);

    /// <summary>The value of a column; false if it is null.</summary>
    /// <exception cref="InvalidRowException">The column is missing, or there twice.</exception>
    internal bool TryFind(string column, out JsonValue value)
    {
        if (!row.TryGetValue(Name(column), out value)) throw new InvalidRowException($"column '{column}' is missing");
        return value.Kind != JsonTokenType.Null;
    }

    /// <summary>Adds a value to a buffer as PostgreSQL prints it, without making a string of it.</summary>
    internal void AddText(string column, SourceText text, TextBuffer buffer)
    {
        if (!TryFind(column, out var value))
        {
            buffer.Add((string?)null);
            return;
        }

        try
        {
            buffer.Add(text.Print(value));
        }
        catch (InvalidRowException exception)
        {
            throw Named(column, exception);
        }
    }

    private static InvalidRowException Null(string column) => new($"column '{column}' is null");

    private static T Read<T>(string column, JsonValue value, ValueReader<T> reader)
    {
        try
        {
            return reader(value);
        }
        catch (InvalidRowException exception)
        {
            throw Named(column, exception);
        }
    }

    private static InvalidRowException Named(string column, InvalidRowException cause) => new($"column '{column}': {cause.Message}", cause);

    /// <summary>A mapping asks for the same columns in the same order in every row, so the next name is nearly always the one that is asked for.</summary>
    private ColumnName Name(string column)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (_next == _columns.Count) _next = 0;
            var name = _columns[_next++];
            if (name.Value == column) return name;
        }

        _columns.Add(new ColumnName(column));
        return _columns[^1];
    }

    private T Required<T>(string column, ValueReader<T> reader) where T : struct =>
        TryFind(column, out var value) ? Read(column, value, reader) : throw Null(column);

    private T? Optional<T>(string column, ValueReader<T> reader) where T : struct =>
        TryFind(column, out var value) ? Read(column, value, reader) : null;
}
