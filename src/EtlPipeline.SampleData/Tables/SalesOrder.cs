using System.Globalization;

namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>sales_order</c>.</summary>
/// <param name="SalesOrderId">The key.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
/// <param name="DesignId">What was sold.</param>
/// <param name="StaffId">Who sold it.</param>
/// <param name="CounterpartyId">Who bought it.</param>
/// <param name="UnitsSold">How many.</param>
/// <param name="UnitPrice">What one costs, with two decimals.</param>
/// <param name="CurrencyId">In which currency.</param>
/// <param name="AgreedDeliveryDate">When it is to be delivered.</param>
/// <param name="AgreedPaymentDate">When it is to be paid.</param>
/// <param name="AgreedDeliveryLocationId">The address that it goes to.</param>
public sealed record SalesOrder(
    int SalesOrderId,
    DateTime CreatedAt,
    DateTime LastUpdated,
    int DesignId,
    int StaffId,
    int CounterpartyId,
    int UnitsSold,
    decimal UnitPrice,
    int CurrencyId,
    DateOnly AgreedDeliveryDate,
    DateOnly AgreedPaymentDate,
    int AgreedDeliveryLocationId) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "sales_order",
        state => state.SalesOrders,
        new("sales_order_id", ColumnKind.WholeNumber),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp),
        new("design_id", ColumnKind.WholeNumber),
        new("staff_id", ColumnKind.WholeNumber),
        new("counterparty_id", ColumnKind.WholeNumber),
        new("units_sold", ColumnKind.WholeNumber),
        new("unit_price", ColumnKind.Numeric),
        new("currency_id", ColumnKind.WholeNumber),
        new("agreed_delivery_date", ColumnKind.Text),
        new("agreed_payment_date", ColumnKind.Text),
        new("agreed_delivery_location_id", ColumnKind.WholeNumber));

    /// <inheritdoc/>
    public int Key => SalesOrderId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        SalesOrderId,
        CreatedAt,
        LastUpdated,
        DesignId,
        StaffId,
        CounterpartyId,
        UnitsSold,
        UnitPrice,
        CurrencyId,
        AgreedDeliveryDate.ToString("O", CultureInfo.InvariantCulture),
        AgreedPaymentDate.ToString("O", CultureInfo.InvariantCulture),
        AgreedDeliveryLocationId,
    ];
}
