using System.Globalization;
using System.Runtime.CompilerServices;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets.Language;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>dim_date</c>: the days. It has no source table; its names are English on every machine.</summary>
internal sealed class DimDate : Table<DateOnly>
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    private DimDate([CallerFilePath] string file = "") : base("dim_date", TargetKind.Dimension, "The days, without a gap.", file)
    {
        Date("date_id", date => date).Comment("The day.");
        Integer("year", date => date.Year).Comment("The year.");
        Integer("month", date => date.Month).Comment("The month, 1 to 12; sorts month_name.");
        Integer("day", date => date.Day).Comment("The day of the month, 1 to 31.");
        Integer("day_of_week", date => DayOfWeek(date)).Comment("The day of the week: Monday is 1, Sunday is 7; sorts day_name.");
        Varchar("day_name", date => English.GetDayName(date.DayOfWeek)).Comment("The English name of the day of the week, such as Monday.");
        Varchar("month_name", date => English.GetMonthName(date.Month)).Comment("The English name of the month, such as January.");
        Integer("quarter", date => (date.Month + 2) / 3).Comment("The quarter of the year, 1 to 4.");
        Varchar("year_month", date => date.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Comment("Year and month, such as 2024-01; sorts by time.");
        Integer("iso_week", date => ISOWeek.GetWeekOfYear(date.ToDateTime(TimeOnly.MinValue))).Comment("The week of ISO 8601, 1 to 53; it begins on Monday, and week 1 has the year's first Thursday.");
        Boolean("is_weekend", date => DayOfWeek(date) >= 6).Comment("Whether it is a Saturday or a Sunday.");
    }

    public static DimDate Instance { get; } = new();

    private protected override IReadOnlyList<string> Key => ["date_id"];

    private static int DayOfWeek(DateOnly date) => date.DayOfWeek == System.DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
}
