using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Values;

/// <summary>A text that PostgreSQL can hold: any Unicode but U+0000.</summary>
internal static class TextValue
{
    public static string Read(JsonValue value)
    {
        var text = value.GetString();
        return text.Contains('\0') ? throw new InvalidRowException("the text has the character U+0000, which PostgreSQL can't hold") : text;
    }
}
