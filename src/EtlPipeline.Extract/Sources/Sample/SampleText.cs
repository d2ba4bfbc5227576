using System.Diagnostics;
using System.Globalization;

namespace EtlPipeline.Extract.Sources.Sample;

/// <summary>Values as PostgreSQL prints them.</summary>
internal static class SampleText
{
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        int number => number.ToString(CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.00", CultureInfo.InvariantCulture),
        bool truth => truth ? "t" : "f",
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture),
        _ => throw new UnreachableException($"Sample rows hold no {value.GetType()}."),
    };
}
