using System.Text.Json;
using EtlPipeline.Core.Rows;
using EtlPipeline.Transform.Values;

namespace EtlPipeline.Transform.Mapping;

/// <summary>
/// A row of a source table, read column by column. Each reader takes a value exactly as the source has it or throws
/// <see cref="InvalidRowException"/>, which names the column and puts the row among the rejected ones.
/// </summary>
/// <param name="row">The row as it lies in the ingestion bucket; it may be reused for the next one.</param>
internal sealed class SourceRow(JsonRow row)
{
    private readonly Dictionary<string, ColumnName> _names = [];

    /// <summary>The row as it lies there.</summary>
    public JsonRow Json => row;

    /// <summary>A whole number of 32 bits.</summary>
    public int Integer(string column) => Required(column, IntegerValue.Read);

    /// <summary>A whole number of 32 bits, or null.</summary>
    public int? OptionalInteger(string column) => TryFind(column, out var value) ? Read(column, value, IntegerValue.Read) : null;

    /// <summary>A number with at most eight digits before the point and two after it; zeros behind those don't count.</summary>
    public decimal Decimal(string column) => Required(column, DecimalValue.Read);

    /// <summary>True or false.</summary>
    public bool Boolean(string column) => Required(column, BooleanValue.Read);

    /// <summary>A day, from a column of type <c>date</c> or a text like 2022-11-03.</summary>
    public DateOnly Date(string column) => Required(column, DateValue.Read);

    /// <summary>A moment without a time zone.</summary>
    public Timestamp Timestamp(string column) => Required(column, TimestampValue.Read);

    /// <summary>A moment without a time zone, or null.</summary>
    public Timestamp? OptionalTimestamp(string column) => TryFind(column, out var value) ? Read(column, value, TimestampValue.Read) : null;

    /// <summary>A text.</summary>
    public string Text(string column) => Required(column, TextValue.Read);

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string column) => TryFind(column, out var value) ? Read(column, value, TextValue.Read) : null;

    private T Required<T>(string column, ValueReader<T> reader) =>
        TryFind(column, out var value) ? Read(column, value, reader) : throw new InvalidRowException($"column '{column}' is null");

    /// <summary>The value of a column; false where it is null.</summary>
    private bool TryFind(string column, out JsonValue value)
    {
        if (!_names.TryGetValue(column, out var name)) _names.Add(column, name = new ColumnName(column));
        if (!row.TryGetValue(name, out value)) throw new InvalidRowException($"column '{column}' is missing");
        return value.Kind != JsonTokenType.Null;
    }

    private static T Read<T>(string column, JsonValue value, ValueReader<T> reader)
    {
        try
        {
            return reader(value);
        }
        catch (InvalidRowException exception)
        {
            throw new InvalidRowException($"column '{column}': {exception.Message}", exception);
        }
    }
}
