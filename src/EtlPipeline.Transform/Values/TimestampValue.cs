using System.Globalization;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Values;

/// <summary>A moment of the years 1 to 9999 without a time zone, written <c>2022-11-03T14:20:52.186</c>, with up to six decimals.</summary>
internal static class TimestampValue
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.f", "yyyy-MM-dd'T'HH:mm:ss.ff", "yyyy-MM-dd'T'HH:mm:ss.fff",
        "yyyy-MM-dd'T'HH:mm:ss.ffff", "yyyy-MM-dd'T'HH:mm:ss.fffff", "yyyy-MM-dd'T'HH:mm:ss.ffffff",
    ];

    public static Timestamp Read(JsonValue value) =>
        DateTime.TryParseExact(value.GetString(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? new Timestamp(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment))
            : throw new InvalidRowException("not a timestamp of the years 1 to 9999 written yyyy-MM-ddTHH:mm:ss with up to six decimals");
}
