namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>
/// What an owner of the source does to its tables between runs. None leaves a trace in the rows' transaction ids unless it rewrites the
/// table.
/// </summary>
internal static class SchemaActions
{
    public static IReadOnlyList<HistoryAction> All { get; } =
    [
        new(StepKind.Write, "add-column", "ALTER TABLE staff ADD COLUMN IF NOT EXISTS note_{n} text DEFAULT 'added'", 1),
        new(StepKind.Write, "drop-column", OnNote("ALTER TABLE staff DROP COLUMN %I"), 1),
        new(StepKind.Write, "rename-column", OnNote("ALTER TABLE staff RENAME COLUMN %I TO note_renamed_{n}"), 1),
        new(StepKind.Write, "rename-needed-column", "ALTER TABLE payment RENAME COLUMN paid TO is_paid", 1),
        new(StepKind.Write, "rename-needed-column-back", "ALTER TABLE payment RENAME COLUMN is_paid TO paid"),
        new(StepKind.Write, "swap-columns", """
            BEGIN;
            ALTER TABLE sales_order RENAME COLUMN agreed_delivery_date TO swapped;
            ALTER TABLE sales_order RENAME COLUMN agreed_payment_date TO agreed_delivery_date;
            ALTER TABLE sales_order RENAME COLUMN swapped TO agreed_payment_date;
            COMMIT
            """, 1),
        new(StepKind.Write, "widen-column", "ALTER TABLE sales_order ALTER COLUMN units_sold TYPE bigint", 1),
        new(StepKind.Write, "too-many-units", "UPDATE sales_order SET units_sold = 2147483647 + {n} % 2 WHERE sales_order_id % 2 = 0 AND sales_order_id % 9 = {n} % 9", 1),
        new(StepKind.Write, "mend-units", "UPDATE sales_order SET units_sold = 12 WHERE units_sold > 1000000", 1),
        new(StepKind.Write, "replace-primary-key", """
            ALTER TABLE sales_order DROP CONSTRAINT sales_order_pkey;
            ALTER TABLE sales_order ADD COLUMN uid uuid PRIMARY KEY DEFAULT gen_random_uuid(), ADD CONSTRAINT the_key UNIQUE (sales_order_id)
            """, 1),
        new(StepKind.Write, "put-primary-key-back", """
            ALTER TABLE sales_order DROP COLUMN uid;
            ALTER TABLE sales_order DROP CONSTRAINT the_key, ADD CONSTRAINT sales_order_pkey PRIMARY KEY (sales_order_id)
            """, 1),
        new(StepKind.Write, "rewrite-table", "VACUUM FULL sales_order", 1),
        new(StepKind.Write, "freeze-table", "VACUUM FREEZE payment", 1),
        new(StepKind.Write, "recreate-table", """
            BEGIN;
            ALTER TABLE payment RENAME TO payment_before;
            CREATE TABLE payment (LIKE payment_before INCLUDING DEFAULTS INCLUDING INDEXES);
            INSERT INTO payment SELECT * FROM payment_before;
            ALTER SEQUENCE payment_payment_id_seq OWNED BY NONE;
            DROP TABLE payment_before;
            COMMIT
            """, 1),
    ];

    /// <summary>A statement for one of the columns that were added, if there is any.</summary>
    private static string OnNote(string statement) => $$"""
        DO $$
        DECLARE
            note name;
        BEGIN
            SELECT attname INTO note FROM pg_attribute
            WHERE attrelid = 'staff'::regclass AND attname LIKE 'note%' AND NOT attisdropped ORDER BY attname LIMIT 1;
            IF note IS NOT NULL AND note <> 'note_renamed_{n}' THEN EXECUTE format('{{statement}}', note); END IF;
        END $$
        """;
}
