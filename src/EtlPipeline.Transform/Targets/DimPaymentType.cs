using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>dim_payment_type</c>: the kinds of payment.</summary>
internal sealed class DimPaymentType : Dimension<DimPaymentType.PaymentType>
{
    public DimPaymentType() : base("dim_payment_type", source: "payment_type")
    {
        Integer("payment_type_id", type => type.PaymentTypeId);
        Text("payment_type_name", type => type.PaymentTypeName);
    }

    protected override PaymentType Read(SourceRow row) => new(
        PaymentTypeId: row.Integer("payment_type_id"),
        PaymentTypeName: row.Text("payment_type_name"));

    internal sealed record PaymentType(int PaymentTypeId, string PaymentTypeName);
}
