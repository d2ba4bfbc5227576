using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Reconciliation.Comparison;

/// <summary>How values of a column are compared: as PostgreSQL prints them, unless one value can be printed in two ways.</summary>
internal sealed class ValueForm
{
    private readonly Func<string, string, bool> _areEqual;

    private ValueForm(Func<string, string, bool> areEqual) => _areEqual = areEqual;

    /// <summary>The form of a column.</summary>
    /// <param name="column">The column as the target describes it.</param>
    /// <param name="type">Its type in the warehouse; null if it doesn't exist there.</param>
    public static ValueForm Of(TargetColumn column, string? type) => new((column.Type.Name, type) switch
    {
        // Without a scale a numeric keeps its digits; with one it is padded with zeros.
        (var wanted, "numeric") when wanted == "numeric" => Same,
        (_, { } actual) when actual.StartsWith("numeric", StringComparison.Ordinal) && !column.Type.IsArray => SameNumber,
        ("real", _) => (left, right) => SameFloat(Single(left), Single(right)),
        ("double precision", _) => (left, right) => SameFloat(Double(left), Double(right)),
        ("jsonb", _) => (left, right) => left == right || SameJson(left, right),
        _ => Same,
    });

    /// <summary>Whether two values are equal.</summary>
    public bool AreEqual(string? expected, string? actual) => expected is null || actual is null ? expected == actual : expected == actual || _areEqual(expected, actual);

    private static bool Same(string left, string right) => left == right;

    private static bool SameNumber(string left, string right) => Trim(left).SequenceEqual(Trim(right));

    private static ReadOnlySpan<char> Trim(string number) => number.Contains('.', StringComparison.Ordinal) ? number.AsSpan().TrimEnd('0').TrimEnd('.') : number;

    private static bool SameFloat(double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    private static double Single(string text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static double Double(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static bool SameJson(string left, string right)
    {
        try
        {
            using var first = JsonDocument.Parse(left);
            using var second = JsonDocument.Parse(right);
            return JsonElement.DeepEquals(first.RootElement, second.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
