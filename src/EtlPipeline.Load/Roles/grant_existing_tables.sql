-- For a warehouse whose eleven tables were there before Load. Run it after create_loader.sql, as the tables' owner or a superuser:
--
--   psql -d warehouse -v ON_ERROR_STOP=1 -v loader=etl_loader -v schema=public -f grant_existing_tables.sql
--
-- Load adds its ledger and its views; an index on each fact, by which the newest record is found, is made by the tables' owner:
-- the last statements of this file do.

-- A member is inserted, or updated where something differs. Nothing is ever deleted, so DELETE and TRUNCATE are not granted.
GRANT SELECT, INSERT, UPDATE ON
    :"schema".dim_counterparty,
    :"schema".dim_currency,
    :"schema".dim_date,
    :"schema".dim_design,
    :"schema".dim_location,
    :"schema".dim_payment_type,
    :"schema".dim_staff,
    :"schema".dim_transaction
TO :"loader";

-- A fact is history: it is only added to.
GRANT SELECT, INSERT ON
    :"schema".fact_payment,
    :"schema".fact_purchase_order,
    :"schema".fact_sales_order
TO :"loader";

-- Each new record takes its number from these.
GRANT USAGE ON SEQUENCE
    :"schema".fact_payment_payment_record_id_seq,
    :"schema".fact_purchase_order_purchase_record_id_seq,
    :"schema".fact_sales_order_sales_record_id_seq
TO :"loader";

CREATE INDEX IF NOT EXISTS fact_payment_newest ON :"schema".fact_payment (payment_id, payment_record_id DESC);
CREATE INDEX IF NOT EXISTS fact_purchase_order_newest ON :"schema".fact_purchase_order (purchase_order_id, purchase_record_id DESC);
CREATE INDEX IF NOT EXISTS fact_sales_order_newest ON :"schema".fact_sales_order (sales_order_id, sales_record_id DESC);
