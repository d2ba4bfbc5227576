namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>
/// What an owner of the source does to its tables between runs. None leaves a trace in the rows' transaction ids but where it rewrites the table.
/// Only columns that no target needs are dropped or renamed away, since a row without such a column is rejected, as it should be.
/// </summary>
internal static class SchemaActions
{
    public static IReadOnlyList<WriterAction> All { get; } =
    [
        new("column added", "ALTER TABLE design ADD COLUMN IF NOT EXISTS note_{0} text DEFAULT 'added'"),
        new("column dropped", OnNote("ALTER TABLE design DROP COLUMN %I")),
        new("column renamed", OnNote("ALTER TABLE design RENAME COLUMN %I TO note_renamed_{0}")),
        new("columns swapped", """
            BEGIN;
            ALTER TABLE purchase_order RENAME COLUMN agreed_delivery_date TO swapped;
            ALTER TABLE purchase_order RENAME COLUMN agreed_payment_date TO agreed_delivery_date;
            ALTER TABLE purchase_order RENAME COLUMN swapped TO agreed_payment_date;
            COMMIT
            """),
        new("column widened", "ALTER TABLE payment ALTER COLUMN payment_amount TYPE numeric(12,2)"),
        new("column of another type", "ALTER TABLE purchase_order ALTER COLUMN item_quantity TYPE bigint"),
        new("table rewritten", "VACUUM FULL staff"),
    ];

    /// <summary>A statement for one of the columns that were added, if there is any.</summary>
    private static string OnNote(string statement) => $$"""
        DO $$
        DECLARE
            note name;
        BEGIN
            SELECT attname INTO note FROM pg_attribute
            WHERE attrelid = 'design'::regclass AND attname LIKE 'note%' AND NOT attisdropped ORDER BY attname LIMIT 1;
            IF note IS NOT NULL AND note <> 'note_renamed_{0}' THEN EXECUTE format('{{statement}}', note); END IF;
        END $$
        """;
}
