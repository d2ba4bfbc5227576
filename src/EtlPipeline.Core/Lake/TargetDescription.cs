using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EtlPipeline.Core.Lake;

/// <summary>What kind of table a target is.</summary>
public enum TargetKind
{
    /// <summary>Every state is kept as a record of the table itself.</summary>
    Fact,

    /// <summary>The table has the newest values; <c>{name}_history</c> has every state.</summary>
    Dimension,

    /// <summary>A source table carried one to one, <c>stg_{table}</c>: current rows; <c>{name}_history</c> has every state.</summary>
    Copy,
}

/// <summary>A column of a target.</summary>
/// <param name="Name">Its name; at most 63 bytes.</param>
/// <param name="Type">Its type in the warehouse.</param>
/// <param name="IsRequired">Whether it is NOT NULL.</param>
/// <param name="Comment">What it means, for analysts; null if there is nothing to say.</param>
/// <param name="References">The dimension whose key it holds; null if it holds none.</param>
public sealed record TargetColumn(string Name, ColumnType Type, bool IsRequired, string? Comment = null, TableName? References = null);

/// <summary>
/// What a target says of itself. It travels in each of its Parquet files, and Load makes and alters the target's tables, indexes, views and
/// functions from it.
/// </summary>
public sealed record TargetDescription
{
    /// <summary>The target's name.</summary>
    public required TableName Name { get; init; }

    /// <summary>What kind of table it is.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>The source table; null for <c>dim_date</c>, which has none.</summary>
    public TableName? Source { get; init; }

    /// <summary>The columns, in order, without the technical ones.</summary>
    public required IReadOnlyList<TargetColumn> Columns { get; init; }

    /// <summary>The names of the key's columns, in the key's order.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>The name of the record's number, such as <c>sales_record_id</c>; null for <c>record_id</c>.</summary>
    public string? RecordId { get; init; }

    /// <summary>What the table means, for analysts; null if there is nothing to say.</summary>
    public string? Comment { get; init; }

    /// <summary>Columns that the view of current records and the as-of function compute: name, SQL expression over the columns, comment.</summary>
    public IReadOnlyList<ComputedColumn> Computed { get; init; } = [];

    /// <summary>A hash of the target's source file.</summary>
    public required string Mapping { get; init; }

    /// <summary>The key with its order classes.</summary>
    public TableKey TableKey => new(Key.Select(name => new KeyColumn(name, Columns.Single(column => column.Name == name).Type.KeyOrder)));

    /// <summary>Reads the JSON of a description.</summary>
    /// <exception cref="FormatException">It isn't one; the message says what is wrong.</exception>
    public static TargetDescription Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return (JsonSerializer.Deserialize(json, LakeJson.Default.TargetDocument) ?? throw new FormatException("A target's description is a JSON object.")).ToDescription();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"A target's description isn't valid: {exception.Message}", exception);
        }
    }

    /// <summary>The description as JSON.</summary>
    public ReadOnlyMemory<byte> ToJson() => JsonSerializer.SerializeToUtf8Bytes(TargetDocument.Of(this), LakeJson.Default.TargetDocument);
}

/// <summary>A column that views and as-of functions compute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">SQL over the target's columns, such as <c>units_sold * unit_price</c>.</param>
/// <param name="Comment">What it means.</param>
public sealed record ComputedColumn(string Name, string Expression, string Comment);

/// <summary>
/// A type that a column of the warehouse may have, as PostgreSQL prints it: <c>boolean</c>, <c>smallint</c>, <c>integer</c>, <c>bigint</c>,
/// <c>numeric</c> with or without precision, <c>real</c>, <c>double precision</c>, <c>text</c>, <c>character varying</c> with or without
/// length, <c>date</c>, <c>time without time zone</c>, <c>timestamp without time zone</c>, <c>timestamp with time zone</c>, <c>uuid</c>,
/// <c>json</c>, <c>jsonb</c>, <c>bytea</c>, and arrays of these (<c>integer[]</c>). Times and timestamps may have a precision.
/// </summary>
public sealed partial record ColumnType
{
    /// <summary>The digits that a <see cref="decimal"/> holds, whatever they are.</summary>
    public const int MostDecimalDigits = 28;

    private ColumnType(string name) => Name = name;

    /// <summary>The type as PostgreSQL prints it.</summary>
    public string Name { get; }

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Name.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>The order of a key column of this type.</summary>
    public KeyOrder KeyOrder => Name is "smallint" or "integer" or "bigint" ? KeyOrder.Number : KeyOrder.Text;

    /// <summary>Whether a target's key may have a column of this type: its text sorts and compares as the source's does.</summary>
    public bool CanBeKey => KeyOrder == KeyOrder.Number || Name is "text" or "date" or "uuid" || (Name.StartsWith("character varying", StringComparison.Ordinal) && !IsArray);

    /// <summary>Whether it is a <c>numeric</c> that Parquet holds as DECIMAL, and .NET as <see cref="decimal"/>: of at most <see cref="MostDecimalDigits"/> digits.</summary>
    /// <param name="precision">How many digits it has.</param>
    /// <param name="scale">How many of them stand after the point.</param>
    public bool IsDecimal(out int precision, out int scale)
    {
        (precision, scale) = (0, 0);
        if (IsArray || !Name.StartsWith("numeric(", StringComparison.Ordinal)) return false;
        var numbers = Name["numeric(".Length..^1].Split(',');
        precision = int.Parse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture);
        scale = numbers.Length == 1 ? 0 : int.Parse(numbers[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return precision <= MostDecimalDigits && scale >= 0 && scale <= precision;
    }

    /// <summary>Reads a type.</summary>
    /// <exception cref="FormatException">It isn't in the list.</exception>
    public static ColumnType Parse(string name) =>
        TryParse(name) ?? throw new FormatException($"'{name}' isn't a type that a column of the warehouse can have.");

    /// <summary>Reads a type; null if it isn't in the list.</summary>
    public static ColumnType? TryParse(string name) => Pattern().IsMatch(name) ? new ColumnType(name) : null;

    /// <summary>The type as PostgreSQL prints it.</summary>
    public override string ToString() => Name;

    [GeneratedRegex(
        @"^(boolean|smallint|integer|bigint|numeric(\(\d{1,4}(,-?\d{1,4})?\))?|real|double precision|text|character varying(\(\d{1,8}\))?|date"
        + @"|time(\(\d\))? without time zone|timestamp(\(\d\))? with(out)? time zone|uuid|json|jsonb|bytea)(\[\])?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>The JSON of a <see cref="TargetDescription"/>.</summary>
internal sealed record TargetDocument
{
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public string? Source { get; init; }
    public required IReadOnlyList<TargetColumnDocument> Columns { get; init; }
    public required IReadOnlyList<string> Key { get; init; }
    public string? RecordId { get; init; }
    public string? Comment { get; init; }
    public IReadOnlyList<ComputedColumn>? Computed { get; init; }
    public required string Mapping { get; init; }

    public static TargetDocument Of(TargetDescription target) => new()
    {
        Name = target.Name.Value,
        Kind = target.Kind switch { TargetKind.Fact => "fact", TargetKind.Dimension => "dimension", _ => "copy" },
        Source = target.Source?.Value,
        Columns = [.. target.Columns.Select(column => new TargetColumnDocument(column.Name, column.Type.Name, column.IsRequired, column.Comment, column.References?.Value))],
        Key = target.Key,
        RecordId = target.RecordId,
        Comment = target.Comment,
        Computed = target.Computed.Count == 0 ? null : target.Computed,
        Mapping = target.Mapping,
    };

    public TargetDescription ToDescription() => new()
    {
        Name = TableName.Parse(Name),
        Kind = Kind switch { "fact" => TargetKind.Fact, "dimension" => TargetKind.Dimension, "copy" => TargetKind.Copy, _ => throw new FormatException("A target is a fact, a dimension or a copy.") },
        Source = Source is null ? null : TableName.Parse(Source),
        Columns = [.. Columns.Select(column => column.ToColumn())],
        Key = Key.Count > 0 && Key.All(key => Columns.Any(column => column.Name == key)) ? Key : throw new FormatException("A target's key is made of its columns."),
        RecordId = RecordId,
        Comment = Comment,
        Computed = Computed ?? [],
        Mapping = Mapping,
    };
}

/// <summary>A column in <see cref="TargetDocument"/>.</summary>
internal sealed record TargetColumnDocument(string Name, string Type, bool Required, string? Comment, string? References)
{
    public TargetColumn ToColumn() => new(Name, ColumnType.Parse(Type), Required, Comment, References is null ? null : TableName.Parse(References));
}
