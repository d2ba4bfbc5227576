using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>A day of the years 1 to 9999, written <c>2022-11-03</c>.</summary>
internal static class DateValue
{
    public static DateOnly Read(JsonValue value) =>
        value.Kind == JsonTokenType.String && IsoText.TryReadDate(value.GetUtf8(), out var date)
            ? date
            : throw new InvalidRowException("not a date of the years 1 to 9999 written yyyy-MM-dd");

    public static string Print(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
