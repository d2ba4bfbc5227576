using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.MasterData;

/// <summary>Makes the rows of <c>payment_type</c>, which never change.</summary>
internal static class PaymentTypeRows
{
    public const int SalesReceipt = 1;
    public const int SalesRefund = 2;
    public const int PurchasePayment = 3;
    public const int PurchaseRefund = 4;

    private static readonly (int Key, string Label)[] Types =
    [
        (SalesReceipt, "SALES_RECEIPT"),
        (SalesRefund, "SALES_REFUND"),
        (PurchasePayment, "PURCHASE_PAYMENT"),
        (PurchaseRefund, "PURCHASE_REFUND"),
    ];

    public static IEnumerable<PaymentType> Of(Scene scene) => scene.IsFounded
        ? Types.Select(type => new PaymentType(type.Key, type.Label, scene.FoundedAt, scene.FoundedAt))
        : [];
}
