using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>A time of day before 24:00, written <c>14:20:52.186</c>, with up to six decimals.</summary>
internal static class TimeValue
{
    public static TimeOnly Read(JsonValue value) =>
        value.Kind == JsonTokenType.String && IsoText.TryReadTime(value.GetUtf8(), out var ticks)
            ? new TimeOnly(ticks)
            : throw new InvalidRowException("not a time below 24:00 written HH:mm:ss with up to six decimals");

    /// <summary>The time as PostgreSQL prints it: without zeros at the end of the decimals.</summary>
    public static string Print(TimeOnly time) => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

    /// <summary>The time of so many microseconds since midnight as PostgreSQL prints it.</summary>
    public static string PrintMicroseconds(long microseconds) => Print(new TimeOnly(microseconds * TimeSpan.TicksPerMicrosecond));
}
