using EtlPipeline.SampleData.MasterData;
using EtlPipeline.SampleData.Randomness;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.Orders;

/// <summary>Makes the rows of <c>sales_order</c>.</summary>
internal static class SalesOrderRows
{
    public static IEnumerable<SalesOrder> Of(Scene scene) =>
        from order in OrderPlacement.Of(scene)
        where order.Kind == OrderKind.Sale
        let terms = OrderTerms.Of(order, scene.Draws)
        where !scene.HasCome(terms.DeletedAt)
        select Row(order, terms, scene);

    private static SalesOrder Row(OrderPlacement order, OrderTerms terms, Scene scene)
    {
        var silent = scene.SilentUpdates.OfSalesOrder(order.Number);
        var isChanged = scene.HasCome(terms.ChangesAt);
        return new SalesOrder(
            order.Number,
            order.CreatedAt,
            isChanged ? terms.ChangesAt!.Value : order.CreatedAt,
            DesignId: 1 + (BaseDesign(order, scene.Draws) + silent.Design) % order.Designs,
            StaffId: 1 + (terms.StaffId - 1 + silent.Staff) % StaffRows.Count,
            terms.CounterpartyId,
            terms.Quantity,
            terms.UnitPrice,
            terms.CurrencyId,
            AgreedDeliveryDate: order.Date.AddDays((terms.DeliveryDays + 3 * silent.DeliveryDate) % OrderTerms.DeliveryHorizon),
            terms.PaymentDate,
            1 + (terms.DeliveryLocationId - 1 + silent.DeliveryLocation + (isChanged ? 1 : 0)) % AddressRows.Count);
    }

    private static int BaseDesign(OrderPlacement order, SeededDraws seeded) =>
        seeded.For(Topic.Sale, order.Number, revision: 1).Below(order.Designs);
}
