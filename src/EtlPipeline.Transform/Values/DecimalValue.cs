using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Values;

/// <summary>
/// A number that DECIMAL(10,2) holds as it is. Its digits are counted before it is parsed: <see cref="decimal"/> itself would round what it
/// can't hold, without a word.
/// </summary>
internal static class DecimalValue
{
    public const int Precision = 10;

    public const int Scale = 2;

    public static decimal Read(JsonValue value)
    {
        if (value.Kind != JsonTokenType.Number) throw new InvalidRowException("not a number");
        var text = value.Raw;
        if (text.ContainsAny((byte)'e', (byte)'E')) throw new InvalidRowException("a number with an exponent, where digits alone are expected");
        var point = text.IndexOf((byte)'.');
        var whole = (point < 0 ? text : text[..point]).TrimStart((byte)'-');
        var fraction = point < 0 ? default : text[(point + 1)..].TrimEnd((byte)'0');
        if (fraction.Length > Scale) throw new InvalidRowException($"more than {Scale} decimals");
        if (whole.Length > Precision - Scale) throw new InvalidRowException($"more than {Precision - Scale} digits before the decimal point");
        return decimal.Parse(
            point < 0 ? text : text[..(point + 1 + fraction.Length)],
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture);
    }
}
