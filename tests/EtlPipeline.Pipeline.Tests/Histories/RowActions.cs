namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>What applications do to the rows of the source.</summary>
internal static class RowActions
{
    // An emptied table keeps what it had last, so that it can be refilled.
    private const string Keep = """
        CREATE TABLE IF NOT EXISTS kept_payment AS TABLE payment;
        DELETE FROM kept_payment WHERE EXISTS (SELECT FROM payment);
        INSERT INTO kept_payment SELECT * FROM payment;
        """;

    public static IReadOnlyList<HistoryAction> All { get; } =
    [
        new(StepKind.Write, "insert", Insert(1), 4),
        new(StepKind.Write, "insert-many", Insert(40)),
        new(StepKind.Write, "insert-between", """
            INSERT INTO payment (payment_id, created_at, last_updated, transaction_id, counterparty_id, payment_amount, currency_id, payment_type_id, paid, payment_date, company_ac_number, counterparty_ac_number)
            SELECT -({n} % 50), '{now}', '{now}', 1, 1, {n} + 0.10, 1, 1, false, '2024-06-30', 1, 1 ON CONFLICT DO NOTHING
            """),
        new(StepKind.Write, "update", "UPDATE sales_order SET unit_price = unit_price + 1, last_updated = '{now}' WHERE sales_order_id % 2 = 0 AND sales_order_id % 7 = {n} % 7", 4),
        new(StepKind.Write, "update-silently", "UPDATE sales_order SET staff_id = 1 + {n} % 20 WHERE sales_order_id % 2 = 0 AND sales_order_id % 5 = {n} % 5", 4),
        new(StepKind.Write, "update-to-the-same", "UPDATE sales_order SET design_id = design_id WHERE sales_order_id % 2 = 0"),
        new(StepKind.Write, "update-all", "UPDATE sales_order SET currency_id = 1 + {n} % 3, last_updated = '{now}' WHERE sales_order_id % 2 = 0"),
        new(StepKind.Write, "pay", "UPDATE payment SET paid = NOT paid, last_updated = '{now}' WHERE payment_id % 2 = 0 AND payment_id % 3 = {n} % 3", 4),
        new(StepKind.Write, "delete", Delete("sales_order", 1), 4),
        new(StepKind.Write, "delete-some", Delete("sales_order", 6)),
        new(StepKind.Write, "delete-payments", Delete("payment", 2)),
        new(StepKind.Write, "delete-and-insert", $"BEGIN; {Delete("sales_order", 1)}; {Insert(1)}; COMMIT", 4),
        new(StepKind.Write, "delete-and-insert-again", """
            BEGIN;
            CREATE TEMP TABLE again ON COMMIT DROP AS SELECT * FROM sales_order WHERE sales_order_id % 2 = 0 ORDER BY sales_order_id OFFSET {n} % 7 LIMIT 1;
            DELETE FROM sales_order WHERE sales_order_id IN (SELECT sales_order_id FROM again);
            INSERT INTO sales_order SELECT * FROM again;
            COMMIT
            """),
        new(StepKind.Write, "change-key", """
            UPDATE sales_order SET sales_order_id = sales_order_id + 2000000
            WHERE sales_order_id = (SELECT max(sales_order_id) FROM sales_order WHERE sales_order_id % 2 = 0 AND sales_order_id < 2000000)
            """),
        new(StepKind.Write, "swap-keys", """
            BEGIN;
            UPDATE payment SET payment_id = -1000 WHERE payment_id = (SELECT min(payment_id) FROM payment WHERE payment_id > 0 AND payment_id % 2 = 0);
            UPDATE payment SET payment_id = payment_id - 2 WHERE payment_id = (SELECT min(payment_id) FROM payment WHERE payment_id > 2 AND payment_id % 2 = 0);
            COMMIT
            """),
        new(StepKind.Write, "lose-last-updated", "ALTER TABLE payment ALTER COLUMN last_updated DROP NOT NULL; UPDATE payment SET last_updated = NULL WHERE payment_id % 2 = 0 AND payment_id % 4 = {n} % 4"),
        new(StepKind.Write, "last-updated-in-the-future", "UPDATE payment SET last_updated = '2099-01-01' WHERE payment_id % 2 = 0 AND payment_id % 8 = {n} % 8"),
        new(StepKind.Write, "rename-department", "UPDATE department SET department_name = 'department ' || {n}, last_updated = '{now}' WHERE department_id % 4 = {n} % 4"),
        new(StepKind.Write, "move-department", "UPDATE department SET location = nullif('place ' || {n} % 5, 'place 0') WHERE department_id % 4 = {n} % 4"),
        new(StepKind.Write, "move-staff", "UPDATE staff SET department_id = 1 + {n} % 8 WHERE staff_id % 5 = {n} % 5"),
        new(StepKind.Write, "refer-to-nobody", "UPDATE sales_order SET staff_id = 900 + {n} % 3 WHERE sales_order_id % 2 = 0 AND sales_order_id % 7 = {n} % 7", 0),
        new(StepKind.Write, "hire-nobody", "INSERT INTO staff SELECT 900 + {n} % 3, 'Nobody', 'Yet', 1, 'nobody@totesys.example', '{now}', '{now}' ON CONFLICT DO NOTHING", 0),
        new(StepKind.Write, "dismiss-somebody", "DELETE FROM staff WHERE staff_id IN (900 + {n} % 3, 1 + {n} % 20)", 0),
        new(StepKind.Write, "empty-table", $"BEGIN; {Keep} DELETE FROM payment; COMMIT", 1),
        new(StepKind.Write, "truncate-table", $"BEGIN; {Keep} TRUNCATE payment; COMMIT", 1),
        new(StepKind.Write, "delete-most", $"BEGIN; {Keep} DELETE FROM payment WHERE payment_id % 10 <> {{n}} % 10; COMMIT", 1),
        new(StepKind.Write, "refill-table", """
            CREATE TABLE IF NOT EXISTS kept_payment AS TABLE payment;
            INSERT INTO payment SELECT * FROM kept_payment ON CONFLICT DO NOTHING
            """),
    ];

    private static string Insert(int rows) => $$"""
        INSERT INTO sales_order (sales_order_id, created_at, last_updated, design_id, staff_id, counterparty_id, units_sold, unit_price, currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id)
        SELECT 1000000 + 2 * (i + (SELECT count(*) FROM sales_order)), '{now}', '{now}', 1, 1 + i % 20, 1, i, 3.10, 1, '2024-07-01', '2024-06-28', 1
        FROM generate_series({n}, {n} + {{rows - 1}}) AS i
        ON CONFLICT DO NOTHING
        """;

    private static string Delete(string table, int rows) => $$"""
        WITH gone AS (SELECT {{table}}_id FROM {{table}} WHERE {{table}}_id % 2 = 0 ORDER BY {{table}}_id OFFSET {n} % 9 LIMIT {{rows}})
        DELETE FROM {{table}} WHERE {{table}}_id IN (SELECT * FROM gone)
        """;
}
