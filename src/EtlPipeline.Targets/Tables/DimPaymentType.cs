using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>dim_payment_type</c>: the kinds of payment.</summary>
internal sealed class DimPaymentType : Dimension<DimPaymentType.PaymentType>
{
    public DimPaymentType() : base("dim_payment_type", source: "payment_type", comment: "The kinds of payment.")
    {
        IntegerKey("payment_type_id", from: "payment_type_id").Comment("The payment type's number in the source.");
        Varchar("payment_type_name", type => type.Name).Comment("SALES_RECEIPT, SALES_REFUND, PURCHASE_PAYMENT or PURCHASE_REFUND.");
    }

    protected override PaymentType Read(SourceRow row) => new(Name: row.Text("payment_type_name"));

    internal sealed record PaymentType(string Name);
}
