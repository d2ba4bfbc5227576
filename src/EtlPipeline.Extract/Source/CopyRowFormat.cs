using System.Buffers;
using System.Buffers.Text;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Extract.Source;

/// <summary>
/// Rearranges a row of PostgreSQL's COPY text format (<i>COPY: Text Format</i>) into a JSON object, bytes to bytes: nothing is parsed into a
/// number or a date, so no digit can change. This is the hottest code of Extract, and makes no object a value.
/// </summary>
internal sealed class CopyRowFormat
{
    // Whatever COPY escapes, or JSON does: the rest is copied as it is.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(control => (byte)control), (byte)'"', (byte)'\\', 127]);

    private readonly byte[][] _prefixes;
    private readonly ColumnFormat[] _formats;

    public CopyRowFormat(IReadOnlyList<RelationColumn> columns)
    {
        _formats = [.. columns.Select(column => column.Format)];
        _prefixes = [.. columns.Select((column, i) => (byte[])[.. i == 0 ? "{\""u8 : ",\""u8, .. column.Name.Encoded.EncodedUtf8Bytes, .. "\":"u8])];
    }

    /// <summary>Writes a row: the columns of a line, without those that come before the table's own and without the line's end.</summary>
    /// <exception cref="InvalidDataException">The line has another number of columns.</exception>
    public void Write(ReadOnlySpan<byte> line, ArrayBufferWriter<byte> json)
    {
        for (var column = 0; column < _formats.Length; column++)
        {
            json.Write(_prefixes[column]);
            var isLast = column == _formats.Length - 1;
            var end = isLast ? line.Length : line.IndexOf((byte)'\t');
            if (end < 0) throw new InvalidDataException("A row has fewer columns than its table.");
            WriteValue(_formats[column], line[..end], json);
            if (!isLast) line = line[(end + 1)..];
        }

        json.Write("}"u8);
    }

    /// <summary>A value of a line as a text, its escapes undone.</summary>
    public static string Unescape(ReadOnlySpan<byte> value)
    {
        if (value.IndexOf((byte)'\\') < 0) return System.Text.Encoding.UTF8.GetString(value);
        var plain = new byte[value.Length];
        var length = 0;
        for (var i = 0; i < value.Length; i++) plain[length++] = value[i] == '\\' ? Plain(value[++i]) : value[i];
        return System.Text.Encoding.UTF8.GetString(plain.AsSpan(0, length));
    }

    /// <summary>Whether a value of a line is NULL.</summary>
    public static bool IsNull(ReadOnlySpan<byte> value) => value.SequenceEqual("\\N"u8);

    private static void WriteValue(ColumnFormat format, ReadOnlySpan<byte> value, ArrayBufferWriter<byte> json)
    {
        if (value is [(byte)'\\', (byte)'N'])
        {
            json.Write("null"u8);
            return;
        }

        switch (format)
        {
            case ColumnFormat.Boolean:
                json.Write(value is [(byte)'t'] ? "true"u8 : "false"u8);
                break;
            case ColumnFormat.Number when value[^1] is >= (byte)'0' and <= (byte)'9':
                json.Write(value);
                break;
            case ColumnFormat.Timestamp:
                WriteTimestamp(value, json);
                break;
            case ColumnFormat.TimestampWithTimeZone:
                WriteInUtc(value, json);
                break;
            case ColumnFormat.Binary:
                WriteBase64(value, json);
                break;
            default:
                WriteText(value, json);
                break;
        }
    }

    private static void WriteText(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> json)
    {
        json.Write("\""u8);
        for (int special; (special = value.IndexOfAny(Escaped)) >= 0;)
        {
            json.Write(value[..special]);
            var isEscape = value[special] == '\\';
            WriteCharacter(isEscape ? Plain(value[special + 1]) : value[special], json);
            value = value[(special + (isEscape ? 2 : 1))..];
        }

        json.Write(value);
        json.Write("\""u8);
    }

    private static byte Plain(byte letter) => letter switch
    {
        (byte)'b' => 8,
        (byte)'t' => 9,
        (byte)'n' => 10,
        (byte)'v' => 11,
        (byte)'f' => 12,
        (byte)'r' => 13,
        _ => letter,
    };

    private static void WriteCharacter(byte character, ArrayBufferWriter<byte> json)
    {
        switch (character)
        {
            case 8: json.Write("\\b"u8); break;
            case 9: json.Write("\\t"u8); break;
            case 10: json.Write("\\n"u8); break;
            case 12: json.Write("\\f"u8); break;
            case 13: json.Write("\\r"u8); break;
            case (byte)'"': json.Write("\\\""u8); break;
            case (byte)'\\': json.Write("\\\\"u8); break;
            case < 32 or 127: json.Write([.. "\\u00"u8, Hex(character >> 4), Hex(character & 15)]); break;
            default: json.Write([character]); break;
        }
    }

    private static byte Hex(int digit) => (byte)"0123456789ABCDEF"[digit];

    /// <summary>Only the first blank lies between date and time: a year before 1 has another one before its <c>BC</c>.</summary>
    private static void WriteTimestamp(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> json)
    {
        json.Write("\""u8);
        if (value.IndexOf((byte)' ') is >= 0 and var blank)
        {
            json.Write(value[..blank]);
            json.Write("T"u8);
            value = value[(blank + 1)..];
        }

        json.Write(value);
        json.Write("\""u8);
    }

    private static void WriteInUtc(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> json)
    {
        var zone = value.IndexOf("+00"u8);
        if (zone < 0) WriteTimestamp(value, json);
        else WriteTimestamp([.. value[..zone], (byte)'Z', .. value[(zone + 3)..]], json);
    }

    private static void WriteBase64(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> json)
    {
        // The value begins with \x, whose backslash COPY has escaped.
        var bytes = Convert.FromHexString(System.Text.Encoding.ASCII.GetString(value[3..]));
        json.Write("\""u8);
        var space = json.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, space, out _, out var written);
        json.Advance(written);
        json.Write("\""u8);
    }
}

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
