using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>A text that PostgreSQL can hold: any Unicode but U+0000.</summary>
internal static class TextValue
{
    public static string Read(JsonValue value) => Check(value.GetString());

    /// <summary>A text, or the digits of a number, or true or false.</summary>
    public static string ReadScalar(JsonValue value) => value.Kind switch
    {
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.ASCII.GetString(value.Raw),
        _ => Read(value),
    };

    public static string Check(string text) =>
        text.Contains('\0') ? throw new InvalidRowException("the text has the character U+0000, which PostgreSQL can't hold") : text;

    /// <summary>Checks that <c>varchar(length)</c> holds a text as it is; PostgreSQL counts code points.</summary>
    public static string Check(string column, string text, int length) => text.Length <= length || text.EnumerateRunes().Count() <= length
        ? text
        : throw new InvalidRowException($"column '{column}' of the warehouse: more than {length} characters");
}
