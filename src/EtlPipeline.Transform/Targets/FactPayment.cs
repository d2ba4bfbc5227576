using EtlPipeline.Transform.Mapping;
using EtlPipeline.Transform.Values;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>fact_payment</c>: the payments, without the account numbers.</summary>
internal sealed class FactPayment : Fact<FactPayment.Payment>
{
    public FactPayment() : base("fact_payment", source: "payment")
    {
        Integer("payment_id", payment => payment.PaymentId);
        Date("created_date", payment => payment.CreatedAt.Date);
        Time("created_time", payment => payment.CreatedAt.Time);
        Date("last_updated_date", payment => payment.LastUpdated.Date);
        Time("last_updated_time", payment => payment.LastUpdated.Time);
        Integer("transaction_id", payment => payment.TransactionId);
        Integer("counterparty_id", payment => payment.CounterpartyId);
        Decimal("payment_amount", payment => payment.PaymentAmount);
        Integer("currency_id", payment => payment.CurrencyId);
        Integer("payment_type_id", payment => payment.PaymentTypeId);
        Boolean("paid", payment => payment.Paid);
        Date("payment_date", payment => payment.PaymentDate);
    }

    protected override Payment Read(SourceRow row) => new(
        PaymentId: row.Integer("payment_id"),
        CreatedAt: row.Timestamp("created_at"),
        LastUpdated: row.OptionalTimestamp("last_updated") ?? row.Timestamp("created_at"),
        TransactionId: row.Integer("transaction_id"),
        CounterpartyId: row.Integer("counterparty_id"),
        PaymentAmount: row.Decimal("payment_amount"),
        CurrencyId: row.Integer("currency_id"),
        PaymentTypeId: row.Integer("payment_type_id"),
        Paid: row.Boolean("paid"),
        PaymentDate: row.Date("payment_date"));

    internal sealed record Payment(
        int PaymentId,
        Timestamp CreatedAt,
        Timestamp LastUpdated,
        int TransactionId,
        int CounterpartyId,
        decimal PaymentAmount,
        int CurrencyId,
        int PaymentTypeId,
        bool Paid,
        DateOnly PaymentDate);
}
