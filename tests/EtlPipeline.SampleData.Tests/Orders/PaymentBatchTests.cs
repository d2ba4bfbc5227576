using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.Tests.Orders;

public sealed class PaymentBatchTests
{
    // A Tuesday.
    private static readonly DateTimeOffset BeforeBatch = Histories.Utc(2024, 12, 17, 7, 55).AddMilliseconds(-1);

    [Fact]
    public void Payments_are_marked_as_paid_in_one_batch_at_five_to_eight()
    {
        var changes = Changes(BeforeBatch, BeforeBatch.AddMinutes(1))
            .Cast<RowChange.Updated>()
            .Select(change => (Payment)change.Row)
            .ToList();
        Assert.NotEmpty(changes);
        Assert.All(changes, payment => Assert.True(payment.Paid));
        var moment = Assert.Single(changes.Select(payment => payment.LastUpdated).Distinct());
        Assert.Equal(new DateTime(2024, 12, 17, 7, 55, 0), moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMinute)));
    }

    [Fact]
    public void Nothing_is_paid_at_other_times_or_on_a_weekend()
    {
        Assert.DoesNotContain(Changes(BeforeBatch.AddMinutes(1), BeforeBatch.AddHours(23)), change => change is RowChange.Updated);
        var friday = Histories.Utc(2024, 12, 20, 20, 0);
        Assert.DoesNotContain(Changes(friday, friday.AddDays(2)), change => change is RowChange.Updated);
    }

    [Fact]
    public void What_is_due_is_paid_and_what_is_not_due_is_not()
    {
        var tuesday = DateOnly.FromDateTime(BeforeBatch.DateTime);
        Assert.All(
            Histories.Real.At(BeforeBatch.AddMinutes(1)).Payments,
            payment => Assert.Equal(payment.PaymentDate <= tuesday, payment.Paid));
    }

    private static IEnumerable<RowChange> Changes(DateTimeOffset from, DateTimeOffset to) =>
        TotesysTables.Find("payment")!.Changes(Histories.Real.At(from), Histories.Real.At(to));
}
