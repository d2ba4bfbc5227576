namespace EtlPipeline.Extract.Source;

/// <summary>How values of a PostgreSQL type are written in JSON.</summary>
public enum ColumnFormat
{
    /// <summary>A string, as PostgreSQL prints it: texts, enums, uuid, json, intervals, arrays and everything else.</summary>
    Text,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A number with exactly the digits that PostgreSQL prints; NaN and the infinities as strings.</summary>
    Number,

    /// <summary>An ISO 8601 string: the blank between date and time becomes a <c>T</c>.</summary>
    Timestamp,

    /// <summary>An ISO 8601 string in UTC, with <c>Z</c>.</summary>
    TimestampWithTimeZone,

    /// <summary>A base64 string.</summary>
    Binary,
}
