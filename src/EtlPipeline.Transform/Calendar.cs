namespace EtlPipeline.Transform;

/// <summary>The days with which <c>dim_date</c> begins its life. Load adds the days beyond that facts need.</summary>
public sealed record Calendar
{
    /// <summary>Makes the calendar.</summary>
    /// <param name="start">Its first day.</param>
    /// <param name="days">How many days it has; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has no day, or ends after the year 9999.</exception>
    public Calendar(DateOnly start, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DateOnly.MaxValue.DayNumber - start.DayNumber + 1);
        Start = start;
        Days = days;
    }

    /// <summary>The first day.</summary>
    public DateOnly Start { get; }

    /// <summary>How many days there are.</summary>
    public int Days { get; }

    /// <summary>The days, in order.</summary>
    internal IEnumerable<DateOnly> Dates => Enumerable.Range(0, Days).Select(Start.AddDays);
}
