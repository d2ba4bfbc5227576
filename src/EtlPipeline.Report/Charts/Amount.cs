using System.Globalization;

namespace EtlPipeline.Report.Charts;

/// <summary>Formats numbers.</summary>
internal static class Amount
{
    /// <summary>All digits, in groups of three: <c>1,234,567.80</c>; whole numbers without decimals.</summary>
    public static string Exact(decimal value) =>
        value.ToString(decimal.IsInteger(value) ? "#,0" : "#,0.00##", CultureInfo.InvariantCulture);

    /// <summary>Money, always with cents.</summary>
    public static string Money(decimal value, string currency) => $"{value.ToString("#,0.00", CultureInfo.InvariantCulture)} {currency}";

    /// <summary>In few characters, for an axis: <c>2.5M</c>, <c>400k</c>.</summary>
    public static string Short(decimal value) => value switch
    {
        >= 1_000_000_000 => Scaled(value, 1_000_000_000, "bn"),
        >= 1_000_000 => Scaled(value, 1_000_000, "M"),
        >= 10_000 => Scaled(value, 1_000, "k"),
        _ => Exact(value),
    };

    /// <summary>A day: <c>31 Dec 2024</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A month: <c>Dec 2024</c>.</summary>
    public static string Month(DateOnly month) => month.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private static string Scaled(decimal value, decimal unit, string name) =>
        (value / unit).ToString("0.##", CultureInfo.InvariantCulture) + name;
}
