namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>What writers do in transactions of their own kind: with savepoints, rolled back, in two phases, or open for a long time.</summary>
internal static class TransactionActions
{
    /// <summary>Stands for the name of the history's own prepared transaction; such names are the whole server's.</summary>
    public const string Prepared = "{prepared}";

    /// <summary>Ends the name of a prepared transaction that is forgotten in another database of the server.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>Stands for the number of the server's process that holds the open transaction.</summary>
    public const string LateProcess = "{late}";

    public static IReadOnlyList<HistoryAction> All { get; } =
    [
        new(StepKind.Write, "savepoint-kept", """
            BEGIN; UPDATE payment SET paid = NOT paid WHERE payment_id % 2 = 0 AND payment_id % 5 = {n} % 5;
            SAVEPOINT a; UPDATE sales_order SET unit_price = unit_price + 2 WHERE sales_order_id % 2 = 0 AND sales_order_id % 3 = {n} % 3;
            RELEASE a; COMMIT
            """),
        new(StepKind.Write, "savepoint-rolled-back", """
            BEGIN; UPDATE staff SET first_name = 'name ' || {n} WHERE staff_id % 4 = {n} % 4; SAVEPOINT a; UPDATE sales_order SET unit_price = 0 WHERE sales_order_id % 2 = 0;
            ROLLBACK TO a; UPDATE staff SET last_name = 'name ' || {n} WHERE staff_id % 4 = {n} % 4; COMMIT
            """),
        new(StepKind.Write, "rollback", "BEGIN; UPDATE payment SET paid = NOT paid; DELETE FROM department; ROLLBACK"),
        new(StepKind.Write, "two-phases", $"BEGIN; UPDATE payment SET paid = NOT paid WHERE payment_id % 2 = 0 AND payment_id % 3 = {{n}} % 3; PREPARE TRANSACTION '{Prepared} at once'; COMMIT PREPARED '{Prepared} at once'"),
        new(StepKind.Write, "update-asynchronously", """
            BEGIN; SET LOCAL synchronous_commit = off;
            UPDATE sales_order SET unit_price = unit_price + 5 WHERE sales_order_id % 2 = 0 AND sales_order_id % 8 = {n} % 8; COMMIT
            """),
        new(StepKind.WriteLate, "late-update", """
            UPDATE sales_order SET unit_price = unit_price + 3, last_updated = '{now}' WHERE sales_order_id % 2 = 1 AND sales_order_id % 3 = {n} % 3;
            SAVEPOINT a; UPDATE sales_order SET unit_price = unit_price + 4 WHERE sales_order_id % 2 = 1 AND sales_order_id % 5 = {n} % 5; RELEASE a
            """, 4),
        new(StepKind.WriteLate, "late-insert", """
            INSERT INTO sales_order (sales_order_id, created_at, last_updated, design_id, staff_id, counterparty_id, units_sold, unit_price, currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id)
            SELECT 1000001 + 2 * {n}, '{now}', '{now}', 1, 1, 1, 5, 3.10, 1, '2024-07-01', '2024-06-28', 1 ON CONFLICT DO NOTHING
            """, 4),
        new(StepKind.WriteLate, "late-delete", "DELETE FROM sales_order WHERE sales_order_id % 2 = 1 AND sales_order_id % 9 = {n} % 9"),
        new(StepKind.End, "commit-late", "COMMIT", 4),
        new(StepKind.End, "roll-back-late", "ROLLBACK", 1),
        new(StepKind.End, "kill-late", $"SELECT pg_terminate_backend({LateProcess})", 1),
        new(StepKind.Prepare, "prepare", $"BEGIN; UPDATE payment SET payment_amount = payment_amount + 0.01 WHERE payment_id % 2 = 1 AND payment_id % 3 = {{n}} % 3; PREPARE TRANSACTION '{Prepared}'"),
        new(StepKind.End, "commit-prepared", $"COMMIT PREPARED '{Prepared}'"),
        new(StepKind.Prepare, "forget-prepared-elsewhere", $"BEGIN; SELECT pg_current_xact_id(); PREPARE TRANSACTION '{Prepared} {Elsewhere}'", 1),
    ];
}
