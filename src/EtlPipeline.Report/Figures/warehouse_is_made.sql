-- Whether Load has made what the report reads.
SELECT NOT EXISTS (
    SELECT FROM unnest(ARRAY['etl_load', 'sales_order_current', 'purchase_order_current', 'payment_current']) AS relation
    WHERE to_regclass(relation) IS NULL)
