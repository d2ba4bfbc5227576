using System.Globalization;
using EtlPipeline.SampleData.Randomness;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.Orders;

/// <summary>Makes the rows of <c>purchase_order</c>; the delivery of a few is put off.</summary>
internal static class PurchaseOrderRows
{
    private const int DaysPutOff = 10;

    public static IEnumerable<PurchaseOrder> Of(Scene scene) =>
        from order in OrderPlacement.Of(scene)
        where order.Kind == OrderKind.Purchase
        let terms = OrderTerms.Of(order, scene.Draws)
        where !scene.HasCome(terms.DeletedAt)
        select Row(order, terms, scene);

    private static PurchaseOrder Row(OrderPlacement order, OrderTerms terms, Scene scene)
    {
        var isChanged = scene.HasCome(terms.ChangesAt);
        var deliveryDays = terms.DeliveryDays + (isChanged ? DaysPutOff : 0);
        return new PurchaseOrder(
            order.Number,
            order.CreatedAt,
            isChanged ? terms.ChangesAt!.Value : order.CreatedAt,
            terms.StaffId,
            terms.CounterpartyId,
            ItemCode(scene.Draws.For(Topic.Purchase, order.Number, revision: 1)),
            terms.Quantity,
            terms.UnitPrice,
            terms.CurrencyId,
            AgreedDeliveryDate: order.Date.AddDays(deliveryDays % OrderTerms.DeliveryHorizon),
            terms.PaymentDate,
            terms.DeliveryLocationId);
    }

    private static string ItemCode(SplitMix64 draws) => string.Create(7, draws, static (code, draws) =>
    {
        foreach (ref var letter in code) letter = draws.OneIn(3) ? (char)('0' + draws.Below(10)) : (char)('A' + draws.Below(26));
    });
}
