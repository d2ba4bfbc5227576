-- For each fact an index by which the newest record of an order or payment is found, and a view of the newest records that are not deleted.
-- The tables may have been there before, in a form of their own and with an owner of their own: what does not fit them is not made.
DO $$
DECLARE
    fact record;
    columns name[];
BEGIN
    FOR fact IN
        SELECT table_name, business_key, record_id, view_name, to_regclass(format('%I.%I', current_schema(), table_name)) AS relation
        FROM (VALUES
            ('fact_sales_order', 'sales_order_id', 'sales_record_id', 'sales_order_current'),
            ('fact_purchase_order', 'purchase_order_id', 'purchase_record_id', 'purchase_order_current'),
            ('fact_payment', 'payment_id', 'payment_record_id', 'payment_current')
        ) AS facts (table_name, business_key, record_id, view_name)
    LOOP
        SELECT array_agg(attname ORDER BY attnum) INTO columns
        FROM pg_attribute WHERE attrelid = fact.relation AND attnum > 0 AND NOT attisdropped;
        CONTINUE WHEN NOT columns @> ARRAY[fact.business_key, fact.record_id]::name[];

        IF (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = fact.relation) THEN
            EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (%I, %I DESC)',
                fact.table_name || '_newest', fact.table_name, fact.business_key, fact.record_id);
        END IF;

        IF to_regclass(format('%I.%I', current_schema(), fact.view_name)) IS NULL
           AND has_table_privilege(fact.relation, 'SELECT') THEN
            EXECUTE format(
                'CREATE VIEW %1$I AS SELECT * FROM (SELECT DISTINCT ON (%2$I) * FROM %3$I ORDER BY %2$I, %4$I DESC) AS newest %5$s',
                fact.view_name, fact.business_key, fact.table_name, fact.record_id,
                CASE WHEN 'is_deleted' = ANY (columns) THEN 'WHERE is_deleted IS NOT TRUE' END);
        END IF;
    END LOOP;
END
$$;
