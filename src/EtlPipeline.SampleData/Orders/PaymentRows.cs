using EtlPipeline.SampleData.MasterData;
using EtlPipeline.SampleData.Randomness;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.Orders;

/// <summary>Makes the rows of <c>payment</c>, one for each transaction whose order was not deleted.</summary>
internal static class PaymentRows
{
    /// <summary>Now and then an insert was rolled back and its number lost, so that payments and transactions have other keys.</summary>
    private const int OneNumberLostIn = 97;

    private const int OneRefundIn = 60;

    public static IEnumerable<Payment> Of(Scene scene) =>
        from order in OrderPlacement.Of(scene)
        let terms = OrderTerms.Of(order, scene.Draws)
        where !scene.HasCome(terms.DeletedAt)
        select Row(order, terms, scene);

    private static Payment Row(OrderPlacement order, OrderTerms terms, Scene scene)
    {
        var draws = scene.Draws.For(Topic.Payment, order.TransactionNumber);
        var paidAt = PaymentBatch.For(terms.PaymentDate, scene.Draws);
        var isPaid = scene.HasCome(paidAt);
        return new Payment(
            order.TransactionNumber + order.TransactionNumber / OneNumberLostIn,
            order.CreatedAt,
            isPaid ? paidAt : order.CreatedAt,
            order.TransactionNumber,
            terms.CounterpartyId,
            terms.Quantity * terms.UnitPrice,
            terms.CurrencyId,
            Type(order.Kind, isRefund: draws.OneIn(OneRefundIn)),
            isPaid,
            terms.PaymentDate,
            draws.Between(10_000_000, 99_999_999),
            draws.Between(10_000_000, 99_999_999));
    }

    private static int Type(OrderKind kind, bool isRefund) => (kind, isRefund) switch
    {
        (OrderKind.Sale, false) => PaymentTypeRows.SalesReceipt,
        (OrderKind.Sale, true) => PaymentTypeRows.SalesRefund,
        (_, false) => PaymentTypeRows.PurchasePayment,
        (_, true) => PaymentTypeRows.PurchaseRefund,
    };
}

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
