using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>A moment without a time zone, as <c>timestamp</c> columns have it.</summary>
/// <param name="Date">Its day.</param>
/// <param name="Time">Its time of day, in whole microseconds.</param>
public readonly record struct Timestamp(DateOnly Date, TimeOnly Time);

/// <summary>A moment of the years 1 to 9999, written <c>2022-11-03T14:20:52.186</c>, with up to six decimals; one in UTC has a <c>Z</c> at its end.</summary>
internal static class TimestampValue
{
    private const string Written = "of the years 1 to 9999 written yyyy-MM-ddTHH:mm:ss with up to six decimals";

    public static Timestamp Read(JsonValue value) =>
        value.Kind == JsonTokenType.String && TryRead(value.GetUtf8(), out var date, out var ticks)
            ? new Timestamp(date, new TimeOnly(ticks))
            : throw new InvalidRowException($"not a timestamp {Written}");

    public static DateTimeOffset ReadUtc(JsonValue value) =>
        value.Kind == JsonTokenType.String
        && value.GetUtf8() is [.. var local, (byte)'Z']
        && TryRead(local, out var date, out var ticks)
            ? new DateTimeOffset(date.ToDateTime(new TimeOnly(ticks)), TimeSpan.Zero)
            : throw new InvalidRowException($"not a timestamp in UTC {Written} and a Z");

    public static string Print(Timestamp timestamp) =>
        $"{DateValue.Print(timestamp.Date)} {TimeValue.Print(timestamp.Time)}";

    public static string Print(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'+00'", CultureInfo.InvariantCulture);

    private static bool TryRead(ReadOnlySpan<byte> text, out DateOnly date, out long ticks)
    {
        (date, ticks) = (default, 0);
        return text.Length > IsoText.DateLength
            && text[IsoText.DateLength] == 'T'
            && IsoText.TryReadDate(text[..IsoText.DateLength], out date)
            && IsoText.TryReadTime(text[(IsoText.DateLength + 1)..], out ticks);
    }
}

/// <summary>A day of the years 1 to 9999, written <c>2022-11-03</c>.</summary>
internal static class DateValue
{
    public static DateOnly Read(JsonValue value) =>
        value.Kind == JsonTokenType.String && IsoText.TryReadDate(value.GetUtf8(), out var date)
            ? date
            : throw new InvalidRowException("not a date of the years 1 to 9999 written yyyy-MM-dd");

    public static string Print(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

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
