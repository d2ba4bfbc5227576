namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>What a writer does to the source; <c>{0}</c> in its SQL is a number that chooses rows.</summary>
/// <param name="Name">What a failing history calls it.</param>
/// <param name="Sql">The statements. Those of a transaction that stays open touch other rows than the rest, so that no one waits.</param>
internal sealed record WriterAction(string Name, string Sql)
{
    // An emptied table keeps what it had last, so that it can be refilled.
    private const string Keep = """
        CREATE TABLE IF NOT EXISTS kept_payment AS TABLE payment;
        DELETE FROM kept_payment WHERE EXISTS (SELECT FROM payment);
        INSERT INTO kept_payment TABLE payment;
        """;

    public static IReadOnlyList<WriterAction> All { get; } =
    [
        new("insert", """
            INSERT INTO sales_order SELECT 1000000 + {0} + (SELECT count(*) FROM sales_order), created_at, clock_timestamp(), design_id, staff_id,
                counterparty_id, units_sold, unit_price, currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id
            FROM sales_order WHERE sales_order_id % 2 = 0 ORDER BY sales_order_id LIMIT 1
            ON CONFLICT DO NOTHING
            """),
        new("update", "UPDATE sales_order SET units_sold = units_sold + 1, last_updated = clock_timestamp() WHERE sales_order_id % 2 = 0 AND sales_order_id % 7 = {0} % 7"),
        new("silent update", "UPDATE sales_order SET unit_price = unit_price + 0.01 WHERE sales_order_id % 2 = 0 AND sales_order_id % 5 = {0} % 5"),
        new("update to the same", "UPDATE sales_order SET units_sold = units_sold WHERE sales_order_id % 2 = 0"),
        new("delete", """
            WITH gone AS (SELECT sales_order_id FROM sales_order WHERE sales_order_id % 2 = 0 ORDER BY sales_order_id OFFSET {0} % 5 LIMIT 1)
            DELETE FROM sales_order WHERE sales_order_id IN (SELECT * FROM gone)
            """),
        new("key change", """
            UPDATE sales_order SET sales_order_id = sales_order_id + 2000000
            WHERE sales_order_id = (SELECT max(sales_order_id) FROM sales_order WHERE sales_order_id % 2 = 0 AND sales_order_id < 2000000)
            """),
        new("savepoint rolled back", """
            BEGIN; UPDATE design SET file_name = file_name || {0}; SAVEPOINT a; UPDATE sales_order SET units_sold = 0 WHERE sales_order_id % 2 = 0;
            ROLLBACK TO a; UPDATE design SET file_name = left(file_name, 20); COMMIT
            """),
        new("rollback", "BEGIN; UPDATE payment SET paid = NOT paid; ROLLBACK"),
        new("two-phase commit", """
            BEGIN; UPDATE payment SET paid = NOT paid WHERE payment_id % 3 = {0} % 3; PREPARE TRANSACTION 'history'; COMMIT PREPARED 'history'
            """),
        new("last_updated lost", "ALTER TABLE payment ALTER COLUMN last_updated DROP NOT NULL; UPDATE payment SET last_updated = NULL WHERE payment_id % 2 = 0"),
        new("last_updated in the future", "UPDATE payment SET last_updated = '2099-01-01' WHERE payment_id % 4 = {0} % 4"),
        new("address changed", "UPDATE address SET city = city || '!' WHERE address_id % 3 = {0} % 3"),
        new("department changed", "UPDATE department SET manager = manager || {0}, location = NULL WHERE department_id % 2 = {0} % 2"),
        new("savepoint kept", """
            BEGIN; UPDATE payment SET paid = NOT paid WHERE payment_id % 5 = {0} % 5;
            SAVEPOINT a; UPDATE sales_order SET units_sold = units_sold + 2 WHERE sales_order_id % 2 = 0 AND sales_order_id % 3 = {0} % 3;
            RELEASE a; COMMIT
            """),
        new("table emptied", $"BEGIN; {Keep} DELETE FROM payment; COMMIT"),
        new("table truncated", $"BEGIN; {Keep} TRUNCATE payment; COMMIT"),
        new("table refilled", """
            CREATE TABLE IF NOT EXISTS kept_payment AS TABLE payment;
            INSERT INTO payment TABLE kept_payment ON CONFLICT DO NOTHING
            """),
        .. SchemaActions.All,
    ];

    /// <summary>
    /// What is done in the transaction that stays open, on rows that no other action touches; half of it under a savepoint, which has an id of its own.
    /// </summary>
    public static WriterAction Late { get; } = new("late update", """
        UPDATE sales_order SET units_sold = units_sold + 3 WHERE sales_order_id % 2 = 1 AND sales_order_id % 3 = {0} % 3;
        SAVEPOINT a; UPDATE sales_order SET units_sold = units_sold + 4 WHERE sales_order_id % 2 = 1 AND sales_order_id % 5 = {0} % 5; RELEASE a
        """);

    /// <summary>What is done in the transaction that is prepared, and committed some steps later.</summary>
    public static WriterAction Prepared { get; } = new(
        "prepared update", "UPDATE purchase_order SET item_unit_price = item_unit_price + 0.01 WHERE purchase_order_id % 3 = {0} % 3");

    public string SqlFor(int number) => Sql.Replace("{0}", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
