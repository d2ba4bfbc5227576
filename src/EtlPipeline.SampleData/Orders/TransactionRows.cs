using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.Orders;

/// <summary>Makes the rows of <c>transaction</c>, one for each order.</summary>
internal static class TransactionRows
{
    public static IEnumerable<Transaction> Of(Scene scene) =>
        from order in OrderPlacement.Of(scene)
        let terms = OrderTerms.Of(order, scene.Draws)
        let isOrderDeleted = scene.HasCome(terms.DeletedAt)
        where !isOrderDeleted || terms.LeavesTransaction
        select Row(order, isOrderDeleted);

    private static Transaction Row(OrderPlacement order, bool isOrderDeleted)
    {
        var isSale = order.Kind == OrderKind.Sale;
        int? leg = isOrderDeleted ? null : order.Number;
        return new Transaction(
            order.TransactionNumber,
            isSale ? "SALE" : "PURCHASE",
            isSale ? leg : null,
            isSale ? null : leg,
            order.CreatedAt,
            order.CreatedAt);
    }
}
