-- What happened to the real database in November 2025.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['address', 'counterparty', 'currency', 'department', 'design', 'payment', 'payment_type',
                                'purchase_order', 'sales_order', 'staff', 'transaction']
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN last_updated DROP NOT NULL', name);
        EXECUTE format('UPDATE %I SET last_updated = NULL', name);
    END LOOP;
END
$$;
