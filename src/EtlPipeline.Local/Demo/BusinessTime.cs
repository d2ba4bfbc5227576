namespace EtlPipeline.Local.Demo;

/// <summary>The moments of a simulated company's life at which the demo stops to look. All are UTC.</summary>
internal static class BusinessTime
{
    private static readonly TimeSpan Noon = new(12, 30, 0);
    private static readonly TimeSpan ClosingTime = new(19, 0, 0);

    /// <summary>The evening at which every demo begins: so much has happened by then as in the real database at the end of 2024.</summary>
    public static DateTimeOffset FirstEvening { get; } = new(2024, 12, 30, 19, 0, 0, TimeSpan.Zero);

    /// <summary>Noon of the next business day.</summary>
    public static DateTimeOffset NextNoon(DateTimeOffset evening) => NextDay(evening) + Noon;

    /// <summary>The evening of the next business day.</summary>
    public static DateTimeOffset NextEvening(DateTimeOffset evening) => NextDay(evening) + ClosingTime;

    private static DateTimeOffset NextDay(DateTimeOffset evening)
    {
        var day = new DateTimeOffset(evening.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        return day;
    }
}
