-- Whether Load has made its ledger, and whether the tables for the business figures exist.
SELECT NOT EXISTS (
           SELECT FROM unnest(ARRAY['etl_load', 'etl_target', 'etl_rejected']) AS relation WHERE to_regclass(relation) IS NULL) AS has_ledger,
       NOT EXISTS (
           SELECT
           FROM unnest(ARRAY[
               'sales_order_current', 'purchase_order_current', 'payment_current', 'dim_staff', 'dim_design', 'dim_counterparty', 'dim_currency', 'dim_location',
               'dim_payment_type']) AS relation
           WHERE to_regclass(relation) IS NULL) AS has_business,
       current_database() AS name
