using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>A floating-point number, written with digits that name it alone; NaN and the infinities as strings.</summary>
internal static class FloatValue
{
    // Up to so many significant digits, a decimal number and its nearest binary one name each other (IEEE 754: DBL_DIG, FLT_DIG).
    private const int DoubleDigits = 15;
    private const int SingleDigits = 6;

    public static float ReadSingle(JsonValue value) => Read<float>(value, SingleDigits);

    public static double ReadDouble(JsonValue value) => Read<double>(value, DoubleDigits);

    /// <summary>The shortest digits that name the number alone, as PostgreSQL prints them.</summary>
    public static string Print<T>(T number) where T : IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(number)) return T.IsNaN(number) ? "NaN" : T.IsPositive(number) ? "Infinity" : "-Infinity";
        // Both are of the shortest form: of 1e23, which is a little less, more digits would give another exponent.
        var shortest = T.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var exponent = ExponentOf(shortest);
        var digits = SignificantDigits(shortest) is { Length: > 0 } some ? some : "0";
        var mostDigits = number is float ? SingleDigits : DoubleDigits;
        return (T.IsNegative(number) ? "-" : string.Empty) + exponent switch
        {
            < -4 => Scientific(),
            < 0 => $"0.{new string('0', -exponent - 1)}{digits}",
            _ when exponent >= mostDigits => Scientific(),
            _ when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0'),
            _ => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        };

        string Scientific() => string.Create(
            CultureInfo.InvariantCulture, $"{digits[..1]}{(digits.Length > 1 ? "." : string.Empty)}{digits[1..]}e{exponent:+00;-00}");
    }

    /// <summary>The power of ten of the first significant digit.</summary>
    private static int ExponentOf(string shortest)
    {
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0) return int.Parse(shortest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = shortest.IndexOf('.', StringComparison.Ordinal);
        if (shortest[0] != '0') return (point < 0 ? shortest.Length : point) - 1;
        var first = shortest.AsSpan().IndexOfAnyInRange('1', '9');
        return first < 0 ? 0 : point - first;
    }

    private static T Read<T>(JsonValue value, int safeDigits) where T : IBinaryFloatingPointIeee754<T>
    {
        if (value.Kind == JsonTokenType.String) return ReadName<T>(value.GetString());
        if (value.Kind != JsonTokenType.Number || !T.TryParse(value.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw new InvalidRowException("not a number");
        var digits = SignificantDigits(value.Raw);
        var isExact = !T.IsInfinity(number) && (digits.Length == 0 || !T.IsZero(number))
            && (digits.Length <= safeDigits || IsNamedBy(number, digits));
        return isExact ? number : throw new InvalidRowException("a number that a floating-point column can't hold without rounding");
    }

    private static T ReadName<T>(string name) where T : IBinaryFloatingPointIeee754<T> => name switch
    {
        "NaN" => -T.NaN, // .NET's own has the sign set, which other programs print
        "Infinity" => T.PositiveInfinity,
        "-Infinity" => T.NegativeInfinity,
        _ => throw new InvalidRowException("not a number"),
    };

    /// <summary>Whether the digits are those of the number at their length, or its shortest ones.</summary>
    private static bool IsNamedBy<T>(T number, string digits) where T : IBinaryFloatingPointIeee754<T> =>
        SignificantDigits(number.ToString($"E{digits.Length - 1}", CultureInfo.InvariantCulture)) == digits
        || SignificantDigits(number.ToString("R", CultureInfo.InvariantCulture)) == digits;

    private static string SignificantDigits(string text) => SignificantDigits(Encoding.ASCII.GetBytes(text));

    private static string SignificantDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        var digits = new StringBuilder();
        foreach (var character in end < 0 ? text : text[..end])
        {
            if (char.IsAsciiDigit((char)character) && (digits.Length > 0 || character != '0')) digits.Append((char)character);
        }

        return digits.ToString().TrimEnd('0');
    }
}
