using System.Text;
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
    /// <exception cref="InvalidRowException">It isn't a string, or isn't valid Unicode.</exception>
    public string GetString()
    {
        try
        {
            return StrictUtf8.GetString(GetUtf8());
        }
        catch (DecoderFallbackException exception)
        {
            throw NotUnicode(exception);
        }
    }

    /// <summary>The text of a string in UTF-8, without quotes and escapes. Bytes of the body that aren't UTF-8 aren't UTF-8 here either.</summary>
    /// <exception cref="InvalidRowException">It isn't a string, or an escape in it is half a surrogate pair.</exception>
    public ReadOnlySpan<byte> GetUtf8()
    {
        if (Kind != JsonTokenType.String) throw new InvalidRowException("the value isn't a string");
        var inner = _raw[1..^1];
        return inner.Contains((byte)'\\') ? Unescape() : inner;
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> Unescape()
    {
        try
        {
            var reader = new Utf8JsonReader(_raw);
            reader.Read();
            var buffer = new byte[_raw.Length];
            return buffer.AsSpan(0, reader.CopyString(buffer));
        }
        catch (InvalidOperationException exception)
        {
            throw NotUnicode(exception);
        }
    }

    private static InvalidRowException NotUnicode(Exception cause) => new("the text is not valid Unicode", cause);
}
