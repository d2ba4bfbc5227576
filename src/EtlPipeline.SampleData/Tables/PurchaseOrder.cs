using System.Globalization;

namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>purchase_order</c>.</summary>
/// <param name="PurchaseOrderId">The key.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
/// <param name="StaffId">Who bought.</param>
/// <param name="CounterpartyId">Who sold.</param>
/// <param name="ItemCode">What was bought.</param>
/// <param name="ItemQuantity">How many.</param>
/// <param name="ItemUnitPrice">What one costs, with two decimals.</param>
/// <param name="CurrencyId">In which currency.</param>
/// <param name="AgreedDeliveryDate">When it is to be delivered.</param>
/// <param name="AgreedPaymentDate">When it is to be paid.</param>
/// <param name="AgreedDeliveryLocationId">The address that it goes to.</param>
public sealed record PurchaseOrder(
    int PurchaseOrderId,
    DateTime CreatedAt,
    DateTime LastUpdated,
    int StaffId,
    int CounterpartyId,
    string ItemCode,
    int ItemQuantity,
    decimal ItemUnitPrice,
    int CurrencyId,
    DateOnly AgreedDeliveryDate,
    DateOnly AgreedPaymentDate,
    int AgreedDeliveryLocationId) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "purchase_order",
        state => state.PurchaseOrders,
        new("purchase_order_id", ColumnKind.WholeNumber),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp),
        new("staff_id", ColumnKind.WholeNumber),
        new("counterparty_id", ColumnKind.WholeNumber),
        new("item_code", ColumnKind.Text),
        new("item_quantity", ColumnKind.WholeNumber),
        new("item_unit_price", ColumnKind.Numeric),
        new("currency_id", ColumnKind.WholeNumber),
        new("agreed_delivery_date", ColumnKind.Text),
        new("agreed_payment_date", ColumnKind.Text),
        new("agreed_delivery_location_id", ColumnKind.WholeNumber));

    /// <inheritdoc/>
    public int Key => PurchaseOrderId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        PurchaseOrderId,
        CreatedAt,
        LastUpdated,
        StaffId,
        CounterpartyId,
        ItemCode,
        ItemQuantity,
        ItemUnitPrice,
        CurrencyId,
        AgreedDeliveryDate.ToString("O", CultureInfo.InvariantCulture),
        AgreedPaymentDate.ToString("O", CultureInfo.InvariantCulture),
        AgreedDeliveryLocationId,
    ];
}
