using System.Globalization;

namespace EtlPipeline.Report.Tests;

/// <summary>Statements that put rows into a warehouse.</summary>
internal static class ReportRows
{
    public const string Dimensions = """
        INSERT INTO dim_staff VALUES (1, 'Ada', 'Ames', 'Sales', 'Leeds', 'ada@example.com'), (2, 'Bo', 'Bell', 'Sales', 'Leeds', 'bo@example.com');
        INSERT INTO dim_location VALUES (1, '1 Road', NULL, NULL, 'Hull', '08841', 'Chad', '0447 798320'), (2, '2 Road', NULL, NULL, 'York', '1', 'Chad', '1');
        INSERT INTO dim_currency VALUES (1, 'GBP', 'Pound Sterling'), (2, 'USD', 'US Dollar');
        INSERT INTO dim_design VALUES (1, 'Wooden', '/srv', 'wood.json'), (2, 'Steel', '/srv', 'steel.json');
        INSERT INTO dim_counterparty VALUES (1, 'Fahey and Sons', '1 Road', NULL, NULL, 'Hull', '1', 'Chad', '1');
        INSERT INTO dim_payment_type VALUES (1, 'SALES_RECEIPT'), (3, 'PURCHASE_PAYMENT');
        INSERT INTO dim_transaction VALUES (1, 'SALE', 1, NULL);
        """;

    // Five minutes after whatever was seen last, as the next run would be.
    private const string Next = "(SELECT coalesce(max(greatest(valid_from, valid_to)), '2024-12-01Z') + interval '5 minutes' FROM fact_sales_order)";

    /// <summary>A record of a sales order, as it is unless something else is asked for; the order's record before it ends.</summary>
    public static string Sale(
        int order,
        string created = "2024-11-05",
        string updated = "2024-11-05 10:00",
        int staff = 1,
        int units = 10,
        string price = "1.50",
        int currency = 1,
        int design = 1,
        string delivery = "2024-11-15") => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO fact_sales_order (
            sales_order_id, created_date, created_time, last_updated_date, last_updated_time, sales_staff_id, counterparty_id, units_sold,
            unit_price, currency_id, design_id, agreed_payment_date, agreed_delivery_date, agreed_delivery_location_id, valid_from, valid_to)
        VALUES ({order}, '{created}', '10:00', '{updated}'::timestamp::date, '{updated}'::timestamp::time, {staff}, 1, {units},
            {price}, {currency}, {design}, '2024-12-01', '{delivery}', 1, {Next}, 'infinity');
        UPDATE fact_sales_order AS before SET valid_to = (SELECT valid_from FROM fact_sales_order WHERE valid_to = 'infinity') WHERE sales_order_id = {order} AND valid_to IS NULL;
        UPDATE fact_sales_order SET valid_to = NULL WHERE valid_to = 'infinity';
        """);

    /// <summary>The end of a sales order that is gone from the source.</summary>
    public static string Gone(int order) => string.Create(
        CultureInfo.InvariantCulture, $"UPDATE fact_sales_order SET valid_to = {Next} WHERE sales_order_id = {order} AND valid_to IS NULL;");

    /// <summary>A payment in pounds.</summary>
    public static string Payment(int payment, string day, string amount, bool isPaid) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO fact_payment (
            payment_id, created_date, created_time, last_updated_date, last_updated_time, transaction_id, counterparty_id, payment_amount,
            currency_id, payment_type_id, paid, payment_date, valid_from)
        VALUES ({payment}, '2024-11-05', '10:00', '2024-11-05', '10:00', 1, 1, {amount}, 1, 1, {isPaid}, '{day}', '2024-12-01Z');
        """);

    /// <summary>An entry of the ledger.</summary>
    public static string Loaded(
        string target, string version, long inserted, long rejected = 0, long deleted = 0, long corrections = 0, string reason = "changed", string outcome = "loaded", string loadedAt = "2025-01-02 11:50") => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO etl_load (target, version, run_stamp, kind, reason, outcome, inserted, deleted, rejected, corrections, complete_after, request_id, loaded_at)
        VALUES ('{target}', '{version}', '{version}', 'changes', '{reason}', '{outcome}', {inserted}, {deleted}, {rejected}, {corrections}, '', 'request-1', '{loadedAt}Z');
        """);
}
