using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>Turns the JSON of a source column's value into the text that PostgreSQL prints for it, in UTC.</summary>
public sealed class SourceText
{
    private static readonly SearchValues<byte> TimestampCharacters = SearchValues.Create("0123456789-:.TZ BC"u8);

    private readonly Form _form;

    private SourceText(Form form) => _form = form;

    private enum Form
    {
        Printed,
        Padded,
        Timestamp,
        Instant,
        Bytes,
    }

    /// <summary>The printer of a key's column: <c>key::text</c>, which leaves out the blanks at the end of a <c>character(n)</c>.</summary>
    /// <param name="type">The column's type as PostgreSQL prints it (<c>format_type</c>).</param>
    public static SourceText OfKey(string type) =>
        type.StartsWith("character(", StringComparison.Ordinal) && type.EndsWith(')') ? new SourceText(Form.Padded) : Of(type);

    /// <summary>The printer of a column.</summary>
    /// <param name="type">The column's type as PostgreSQL prints it (<c>format_type</c>).</param>
    public static SourceText Of(string type) => new(type switch
    {
        "bytea" => Form.Bytes,
        _ when !type.StartsWith("timestamp", StringComparison.Ordinal) => Form.Printed,
        _ when type.EndsWith(" without time zone", StringComparison.Ordinal) => Form.Timestamp,
        _ when type.EndsWith(" with time zone", StringComparison.Ordinal) => Form.Instant,
        _ => Form.Printed,
    });

    /// <summary>The text of a value that is not null, in UTF-8. Bytes of the body that aren't UTF-8 aren't UTF-8 here either.</summary>
    /// <exception cref="InvalidRowException">It is an array or an object, or not what the column's type has.</exception>
    public ReadOnlySpan<byte> Print(JsonValue value) => value.Kind switch
    {
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => value.Raw,
        JsonTokenType.String => _form switch
        {
            Form.Padded => value.GetUtf8().TrimEnd((byte)' '),
            Form.Timestamp => PrintTimestamp(value.GetUtf8(), isInstant: false),
            Form.Instant => PrintTimestamp(value.GetUtf8(), isInstant: true),
            Form.Bytes => PrintBytes(value),
            _ => value.GetUtf8(),
        },
        _ => throw new InvalidRowException("an array or an object, where a single value is expected"),
    };

    /// <summary>ISO 8601 has a T where PostgreSQL has a blank, and a Z where it has +00. An infinite one is a word; before year 1 comes a BC.</summary>
    private static ReadOnlySpan<byte> PrintTimestamp(ReadOnlySpan<byte> iso, bool isInstant)
    {
        if (iso.SequenceEqual("infinity"u8) || iso.SequenceEqual("-infinity"u8)) return iso;
        var (split, zone) = (iso.IndexOf((byte)'T'), iso.IndexOf((byte)'Z'));
        if (split < 0 || zone >= 0 != isInstant || iso.ContainsAnyExcept(TimestampCharacters)) throw new InvalidRowException("not a timestamp of ISO 8601");
        byte[] text = isInstant ? [.. iso[..zone], .. "+00"u8, .. iso[(zone + 1)..]] : [.. iso];
        text[split] = (byte)' ';
        return text;
    }

    private static ReadOnlySpan<byte> PrintBytes(JsonValue value)
    {
        try
        {
            return Encoding.ASCII.GetBytes($@"\x{Convert.ToHexStringLower(Convert.FromBase64String(value.GetString()))}");
        }
        catch (FormatException exception)
        {
            throw new InvalidRowException("not bytes in base64", exception);
        }
    }
}
