namespace EtlPipeline.Local.Demo;

/// <summary>The moments of a simulated company's life at which the demo stops to look. All are UTC.</summary>
internal static class BusinessTime
{
    private static readonly TimeSpan Noon = new(12, 30, 0);
    private static readonly TimeSpan ClosingTime = new(19, 0, 0);

    /// <summary>The evening at which every demo begins: so much has happened by then as in the real database at the end of 2024.</summary>
    public static DateTimeOffset FirstEvening { get; } = EveningOf(new DateTimeOffset(2024, 12, 30, 0, 0, 0, TimeSpan.Zero));

    public static bool IsNoon(DateTimeOffset moment) => moment.UtcDateTime.TimeOfDay == Noon;

    /// <summary>Noon of the next business day.</summary>
    public static DateTimeOffset NextNoon(DateTimeOffset evening)
    {
        var day = DayOf(evening).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        return day + Noon;
    }

    /// <summary>The evening of the same day.</summary>
    public static DateTimeOffset EveningOf(DateTimeOffset moment) => DayOf(moment) + ClosingTime;

    private static DateTimeOffset DayOf(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);
}
