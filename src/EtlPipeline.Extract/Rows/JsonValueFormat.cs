using System.Text.Json;
using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Sources;

namespace EtlPipeline.Extract.Rows;

/// <summary>Writes values in JSON. What PostgreSQL printed is rearranged at most, never parsed into a number or a date: no digit can change.</summary>
internal static class JsonValueFormat
{
    public static void Write(Utf8JsonWriter json, ColumnFormat format, string? text)
    {
        switch (format)
        {
            case var _ when text is null: json.WriteNullValue(); break;
            case ColumnFormat.Boolean: json.WriteBooleanValue(text == "t"); break;
            case ColumnFormat.Number when IsFinite(text): json.WriteRawValue(text, skipInputValidation: true); break;
            case ColumnFormat.Timestamp: json.WriteStringValue(WithT(text)); break;
            case ColumnFormat.TimestampWithTimeZone: json.WriteStringValue(WithT(text).Replace("+00", "Z", StringComparison.Ordinal)); break;
            case ColumnFormat.Binary: json.WriteBase64StringValue(Convert.FromHexString(text.AsSpan(@"\x".Length))); break;
            default: json.WriteStringValue(text); break;
        }
    }

    /// <summary>Writes a value of a row that was read, in the form in which <see cref="Write(Utf8JsonWriter, ColumnFormat, string?)"/> writes it; false where that never writes such a value.</summary>
    public static bool TryWrite(Utf8JsonWriter json, JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonTokenType.String: json.WriteStringValue(value.GetString()); return true;
            case JsonTokenType.StartObject or JsonTokenType.StartArray: return false;
            default: json.WriteRawValue(value.Raw, skipInputValidation: true); return true;
        }
    }

    /// <summary>NaN and the infinities have no digits at their end.</summary>
    private static bool IsFinite(string text) => char.IsAsciiDigit(text[^1]);

    /// <summary>Only the first blank lies between date and time: a year before 1 has another one before its <c>BC</c>.</summary>
    private static string WithT(string text) => text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var blank
        ? string.Concat(text.AsSpan(0, blank), "T", text.AsSpan(blank + 1))
        : text;
}
