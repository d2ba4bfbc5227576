using System.Globalization;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Values;

/// <summary>A day of the years 1 to 9999, written <c>2022-11-03</c>.</summary>
internal static class DateValue
{
    public static DateOnly Read(JsonValue value) =>
        DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new InvalidRowException("not a date of the years 1 to 9999 written yyyy-MM-dd");
}
