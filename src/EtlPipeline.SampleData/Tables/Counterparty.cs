namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>counterparty</c>.</summary>
/// <param name="CounterpartyId">The key.</param>
/// <param name="CounterpartyLegalName">The company's name.</param>
/// <param name="LegalAddressId">Its address.</param>
/// <param name="CommercialContact">Who does the trading.</param>
/// <param name="DeliveryContact">Who takes the goods in.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
public sealed record Counterparty(
    int CounterpartyId,
    string CounterpartyLegalName,
    int LegalAddressId,
    string? CommercialContact,
    string? DeliveryContact,
    DateTime CreatedAt,
    DateTime LastUpdated) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "counterparty",
        state => state.Counterparties,
        new("counterparty_id", ColumnKind.WholeNumber),
        new("counterparty_legal_name", ColumnKind.Text),
        new("legal_address_id", ColumnKind.WholeNumber),
        new("commercial_contact", ColumnKind.Text),
        new("delivery_contact", ColumnKind.Text),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp));

    /// <inheritdoc/>
    public int Key => CounterpartyId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        CounterpartyId,
        CounterpartyLegalName,
        LegalAddressId,
        CommercialContact,
        DeliveryContact,
        CreatedAt,
        LastUpdated,
    ];
}
