namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>What makes rows that can't be transformed, each with what mends them.</summary>
internal static class MendedActions
{
    public static IReadOnlyList<HistoryAction> All { get; } =
    [
        new(StepKind.Write, "bad-date", "UPDATE sales_order SET agreed_delivery_date = CASE {n} % 3 WHEN 0 THEN 'soon' WHEN 1 THEN '2024-02-30' ELSE '' END, last_updated = '{now}' WHERE sales_order_id % 2 = 0 AND sales_order_id % 9 = {n} % 9", 4),
        new(StepKind.Write, "mend-dates", @"UPDATE sales_order SET agreed_delivery_date = '2024-07-02', last_updated = '{now}' WHERE agreed_delivery_date !~ '^\d{4}-(0[13-9]|1[0-2])-\d\d$'", 4),
        new(StepKind.Write, "insert-bad", """
            INSERT INTO sales_order (sales_order_id, created_at, last_updated, design_id, staff_id, counterparty_id, units_sold, unit_price, currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id)
            SELECT 3000000 + 2 * {n}, '{now}', '{now}', 1, 1, 1, 7, 3.10, 1, 'never', '2024-06-28', 1 ON CONFLICT DO NOTHING
            """),
        new(StepKind.Write, "delete-bad", "DELETE FROM sales_order WHERE sales_order_id % 2 = 0 AND agreed_delivery_date IN ('soon', '2024-02-30', '', 'never')", 3),
        new(StepKind.Write, "delete-beside-bad", """
            DELETE FROM sales_order WHERE sales_order_id % 2 = 0 AND sales_order_id IN (
                SELECT max(good.sales_order_id) FROM sales_order AS good, sales_order AS bad
                WHERE bad.agreed_delivery_date IN ('soon', '2024-02-30', '', 'never') AND good.sales_order_id < bad.sales_order_id AND good.sales_order_id % 2 = 0)
            """, 3),
        new(StepKind.Write, "rekey-bad", "UPDATE sales_order SET sales_order_id = sales_order_id + 500000 WHERE sales_order_id % 2 = 0 AND agreed_delivery_date IN ('soon', 'never')"),
        new(StepKind.Write, "endless", "UPDATE sales_order SET created_at = 'infinity' WHERE sales_order_id % 2 = 0 AND sales_order_id % 11 = {n} % 11", 1),
        new(StepKind.Write, "mend-endless", "UPDATE sales_order SET created_at = '2024-06-10 10:00:00.123' WHERE created_at = 'infinity'"),
        new(StepKind.Write, "too-large", "ALTER TABLE payment ALTER COLUMN payment_amount TYPE numeric(14,2); UPDATE payment SET payment_amount = 100000000 + {n} WHERE payment_id % 2 = 0 AND payment_id % 6 = {n} % 6"),
        new(StepKind.Write, "mend-too-large", "UPDATE payment SET payment_amount = 99999999.99 WHERE payment_amount > 99999999.99"),
        new(StepKind.Write, "too-precise", "ALTER TABLE payment ALTER COLUMN payment_amount TYPE numeric; UPDATE payment SET payment_amount = payment_amount + 0.005 WHERE payment_id % 2 = 0 AND payment_id % 6 = {n} % 6", 1),
        new(StepKind.Write, "mend-too-precise", "UPDATE payment SET payment_amount = round(payment_amount, 2) WHERE payment_amount <> round(payment_amount, 2)"),
        new(StepKind.Write, "unknown-currency", "UPDATE currency SET currency_code = 'XQ' || {n} % 10 WHERE currency_id = 1 + {n} % 3"),
        new(StepKind.Write, "mend-currency", "UPDATE currency SET currency_code = CASE currency_id WHEN 1 THEN 'GBP' WHEN 2 THEN 'USD' ELSE 'EUR' END WHERE currency_code LIKE 'XQ%'"),
        new(StepKind.Write, "remove-department", """
            CREATE TABLE IF NOT EXISTS kept_department AS SELECT * FROM department WHERE false;
            WITH gone AS (DELETE FROM department WHERE department_id = 1 + {n} % 8 RETURNING *) INSERT INTO kept_department SELECT * FROM gone
            """),
        new(StepKind.Write, "restore-department", """
            CREATE TABLE IF NOT EXISTS kept_department AS SELECT * FROM department WHERE false;
            WITH back AS (DELETE FROM kept_department RETURNING *) INSERT INTO department SELECT * FROM back ON CONFLICT DO NOTHING
            """),
    ];
}
