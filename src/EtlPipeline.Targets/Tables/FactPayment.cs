using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Targets.Values;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>fact_payment</c>: the payments, without the account numbers.</summary>
internal sealed class FactPayment : Fact<FactPayment.Payment>
{
    public FactPayment() : base("fact_payment", source: "payment", recordId: "payment_record_id", comment: "The payments, every state that each has had.")
    {
        IntegerKey("payment_id", from: "payment_id").Comment("The payment's number in the source.");
        Date("created_date", payment => payment.CreatedAt.Date).References("dim_date").Comment("The day on which it was entered.");
        Time("created_time", payment => payment.CreatedAt.Time).Comment("The time at which it was entered.");
        Date("last_updated_date", payment => payment.LastUpdated.Date).References("dim_date").Comment("The day of its last change, as the source says.");
        Time("last_updated_time", payment => payment.LastUpdated.Time).Comment("The time of its last change, as the source says.");
        Integer("transaction_id", payment => payment.TransactionId).References("dim_transaction").Comment("What it is paid for.");
        Integer("counterparty_id", payment => payment.CounterpartyId).References("dim_counterparty").Comment("Who pays, or is paid.");
        Numeric("payment_amount", 10, 2, payment => payment.Amount).Comment("The amount, in the payment's currency.");
        Integer("currency_id", payment => payment.CurrencyId).References("dim_currency").Comment("The currency of the amount.");
        Integer("payment_type_id", payment => payment.PaymentTypeId).References("dim_payment_type").Comment("What kind of payment it is.");
        Boolean("paid", payment => payment.Paid).Comment("Whether it has been paid.");
        Date("payment_date", payment => payment.PaymentDate).References("dim_date").Comment("The day on which it is due.");

        Computed("amount", "payment_amount", "The amount, under the name that all facts have for it.");
    }

    protected override Payment Read(SourceRow row) => new(
        CreatedAt: row.Timestamp("created_at"),
        LastUpdated: row.OptionalTimestamp("last_updated") ?? row.Timestamp("created_at"),
        TransactionId: row.Integer("transaction_id"),
        CounterpartyId: row.Integer("counterparty_id"),
        Amount: row.Numeric("payment_amount"),
        CurrencyId: row.Integer("currency_id"),
        PaymentTypeId: row.Integer("payment_type_id"),
        Paid: row.Boolean("paid"),
        PaymentDate: row.Date("payment_date"));

    internal sealed record Payment(
        Timestamp CreatedAt,
        Timestamp LastUpdated,
        int TransactionId,
        int CounterpartyId,
        decimal Amount,
        int CurrencyId,
        int PaymentTypeId,
        bool Paid,
        DateOnly PaymentDate);
}
