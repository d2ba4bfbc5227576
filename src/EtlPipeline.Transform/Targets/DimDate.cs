using System.Globalization;
using EtlPipeline.Transform.Columns;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>dim_date</c>: the days. It has no source table; its names are English on every machine.</summary>
internal sealed class DimDate : WarehouseTable<DateOnly>
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    public DimDate() : base("dim_date")
    {
        Date("date_id", date => date);
        Integer("year", date => date.Year);
        Integer("month", date => date.Month);
        Integer("day", date => date.Day);
        Integer("day_of_week", date => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek);
        Text("day_name", date => English.GetDayName(date.DayOfWeek));
        Text("month_name", date => English.GetMonthName(date.Month));
        Integer("quarter", date => (date.Month + 2) / 3);
    }
}
