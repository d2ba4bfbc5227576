using System.Globalization;

namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>payment</c>.</summary>
/// <param name="PaymentId">The key.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
/// <param name="TransactionId">What is paid for.</param>
/// <param name="CounterpartyId">Who pays or is paid.</param>
/// <param name="PaymentAmount">Exactly quantity times price of the order.</param>
/// <param name="CurrencyId">In which currency.</param>
/// <param name="PaymentTypeId">What kind of payment.</param>
/// <param name="Paid">Whether it was made.</param>
/// <param name="PaymentDate">When it is due.</param>
/// <param name="CompanyAcNumber">The company's account.</param>
/// <param name="CounterpartyAcNumber">The counterparty's account.</param>
public sealed record Payment(
    int PaymentId,
    DateTime CreatedAt,
    DateTime LastUpdated,
    int TransactionId,
    int CounterpartyId,
    decimal PaymentAmount,
    int CurrencyId,
    int PaymentTypeId,
    bool Paid,
    DateOnly PaymentDate,
    int CompanyAcNumber,
    int CounterpartyAcNumber) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "payment",
        state => state.Payments,
        new("payment_id", ColumnKind.WholeNumber),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp),
        new("transaction_id", ColumnKind.WholeNumber),
        new("counterparty_id", ColumnKind.WholeNumber),
        new("payment_amount", ColumnKind.Numeric),
        new("currency_id", ColumnKind.WholeNumber),
        new("payment_type_id", ColumnKind.WholeNumber),
        new("paid", ColumnKind.Boolean),
        new("payment_date", ColumnKind.Text),
        new("company_ac_number", ColumnKind.WholeNumber),
        new("counterparty_ac_number", ColumnKind.WholeNumber));

    /// <inheritdoc/>
    public int Key => PaymentId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        PaymentId,
        CreatedAt,
        LastUpdated,
        TransactionId,
        CounterpartyId,
        PaymentAmount,
        CurrencyId,
        PaymentTypeId,
        Paid,
        PaymentDate.ToString("O", CultureInfo.InvariantCulture),
        CompanyAcNumber,
        CounterpartyAcNumber,
    ];
}
