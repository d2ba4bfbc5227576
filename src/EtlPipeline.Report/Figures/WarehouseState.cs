namespace EtlPipeline.Report.Figures;

/// <summary>Where the warehouse stands.</summary>
/// <param name="AsOf">The day of the newest event that it knows; null where it has no facts.</param>
/// <param name="SalesOrders">Orders that exist.</param>
/// <param name="PurchaseOrders">Orders that exist.</param>
/// <param name="Payments">Payments that exist.</param>
internal sealed record WarehouseState(DateOnly? AsOf, long SalesOrders, long PurchaseOrders, long Payments)
{
    public static FigureQuery<WarehouseState> Query { get; } = new(
        "warehouse_state.sql",
        row => new WarehouseState(
            row.IsDBNull(0) ? null : row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));
}
