using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>A value of a <see cref="JsonRow"/>.</summary>
public readonly ref struct JsonValue
{
    private readonly ReadOnlySpan<byte> _raw;

    internal JsonValue(JsonTokenType kind, ReadOnlySpan<byte> raw)
    {
        Kind = kind;
        _raw = raw;
    }

    /// <summary>What it is: a string, a number, true, false, null, or the start of an object or array.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The value as it lies in the body; a string with its quotes.</summary>
    public ReadOnlySpan<byte> Raw => _raw;

    /// <summary>The text of a string.</summary>
    /// <exception cref="InvalidRowException">It is no string, or one that is not valid Unicode.</exception>
    public string GetString()
    {
        if (Kind != JsonTokenType.String) throw new InvalidRowException("the value is no string");
        try
        {
            var reader = new Utf8JsonReader(_raw);
            reader.Read();
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidRowException("the text is not valid Unicode", exception);
        }
    }
}
