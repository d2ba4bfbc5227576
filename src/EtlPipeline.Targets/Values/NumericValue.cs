using System.Globalization;
using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>
/// A number with exactly the digits that the source has. They are counted before they are parsed: <see cref="decimal"/> itself would round
/// what it can't hold, without a word.
/// </summary>
internal static class NumericValue
{
    /// <summary>The digits that a <see cref="decimal"/> holds, whatever they are.</summary>
    public const int MostDigits = ColumnType.MostDecimalDigits;

    // What a long holds, whatever the digits are.
    private const int FewDigits = 18;

    private static readonly decimal[] PowersOfTen = [.. Enumerable.Range(0, MostDigits + 1).Select(exponent => decimal.Parse($"1{new string('0', exponent)}", CultureInfo.InvariantCulture))];

    public static decimal Read(JsonValue value)
    {
        if (value.Kind != JsonTokenType.Number) throw new InvalidRowException("not a number");
        var text = value.Raw;
        var isNegative = text[0] == '-';
        var (digits, decimals, mantissa) = (0, 0, 0L);
        var afterPoint = false;
        foreach (var character in isNegative ? text[1..] : text)
        {
            if (character == '.') afterPoint = true;
            else if (!char.IsAsciiDigit((char)character)) throw Exponent();
            else
            {
                if (digits > 0 || character != '0') digits++;
                if (afterPoint) decimals++;
                if (digits <= FewDigits) mantissa = mantissa * 10 + (character - '0');
            }
        }

        if (digits > MostDigits || decimals > MostDigits) throw new InvalidRowException($"more than {MostDigits} digits");
        return digits <= FewDigits
            ? new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative, (byte)decimals)
            : decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    /// <summary>The digits of a number of any length, or NaN, Infinity, -Infinity.</summary>
    public static string ReadDigits(JsonValue value) => value.Kind switch
    {
        JsonTokenType.Number => value.Raw.ContainsAny((byte)'e', (byte)'E') ? throw Exponent() : Encoding.ASCII.GetString(value.Raw),
        JsonTokenType.String when value.GetString() is "NaN" or "Infinity" or "-Infinity" => value.GetString(),
        _ => throw new InvalidRowException("not a number"),
    };

    /// <summary>Checks that a column of type <c>numeric(precision, scale)</c> holds a number as it is; zeros behind its last decimal don't count.</summary>
    public static decimal Check(string column, decimal value, int precision, int scale)
    {
        if (value.Scale > scale && decimal.Round(value, scale) != value) throw Misfit(column, $"more than {scale} decimals");
        return decimal.Abs(decimal.Truncate(value)) < PowersOfTen[precision - scale]
            ? value
            : throw Misfit(column, $"more than {precision - scale} digits before the decimal point");
    }

    /// <summary>Checks the digits of a number in the same way, at any size; NaN fits, infinity doesn't.</summary>
    public static string Check(string column, string digits, int precision, int scale)
    {
        if (digits == "NaN") return digits;
        if (digits.EndsWith("Infinity", StringComparison.Ordinal)) throw Misfit(column, "infinite");
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = (point < 0 ? digits : digits[..point]).TrimStart('-').TrimStart('0');
        var decimals = point < 0 ? 0 : digits[(point + 1)..].TrimEnd('0').Length;
        if (decimals > scale) throw Misfit(column, $"more than {scale} decimals");
        return whole.Length <= precision - scale ? digits : throw Misfit(column, $"more than {precision - scale} digits before the decimal point");
    }

    private static InvalidRowException Misfit(string column, string reason) => new($"column '{column}' of the warehouse: {reason}");

    private static InvalidRowException Exponent() => new("a number with an exponent, where digits alone are expected");
}
