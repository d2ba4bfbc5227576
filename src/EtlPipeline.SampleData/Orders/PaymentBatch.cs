using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Orders;

/// <summary>The job that marks payments as paid, at five to eight on weekdays.</summary>
internal static class PaymentBatch
{
    private static readonly TimeOnly Time = new(7, 55);

    /// <summary>When a payment that is due on a date is marked, to the millisecond; the payments of one batch have one moment.</summary>
    public static DateTime For(DateOnly due, SeededDraws seeded)
    {
        while (!BusinessDays.IsWeekday(due)) due = due.AddDays(1);
        return due.ToDateTime(Time).AddMilliseconds(seeded.For(Topic.PaymentBatch, due.DayNumber).Below(20_000));
    }
}
