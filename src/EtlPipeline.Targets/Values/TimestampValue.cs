using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

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
