-- What the warehouse has to hold, computed from the source inside PostgreSQL. It shares no code with the pipeline.
-- The source lies in the schema public, the warehouse in another schema of the same database.

CREATE SCHEMA oracle;

-- For each target the query that makes its rows from the source; the key comes first.
CREATE TABLE oracle.target (
    name      text PRIMARY KEY,
    key       text NOT NULL,
    record_id text,
    query     text NOT NULL
);

INSERT INTO oracle.target VALUES
('dim_staff', 'staff_id', NULL, $$
    SELECT staff_id, first_name::varchar, last_name::varchar, department_name::varchar,
           coalesce(location, 'unknown')::varchar, email_address::varchar
    FROM public.staff JOIN public.department USING (department_id) $$),
('dim_location', 'location_id', NULL, $$
    SELECT address_id, address_line_1::varchar, address_line_2::varchar, district::varchar, city::varchar, postal_code::varchar,
           country::varchar, phone::varchar
    FROM public.address $$),
('dim_currency', 'currency_id', NULL, $$
    SELECT currency_id, currency_code::varchar,
           CASE currency_code WHEN 'GBP' THEN 'Pound Sterling' WHEN 'USD' THEN 'US Dollar' WHEN 'EUR' THEN 'Euro' END::varchar
    FROM public.currency $$),
('dim_design', 'design_id', NULL, $$
    SELECT design_id, design_name::varchar, file_location::varchar, file_name::varchar FROM public.design $$),
('dim_counterparty', 'counterparty_id', NULL, $$
    SELECT counterparty_id, counterparty_legal_name::varchar, address_line_1::varchar, address_line_2::varchar, district::varchar,
           city::varchar, postal_code::varchar, country::varchar, phone::varchar
    FROM public.counterparty JOIN public.address ON address_id = legal_address_id $$),
('dim_payment_type', 'payment_type_id', NULL, $$
    SELECT payment_type_id, payment_type_name::varchar FROM public.payment_type $$),
('dim_transaction', 'transaction_id', NULL, $$
    SELECT transaction_id, transaction_type::varchar, sales_order_id, purchase_order_id FROM public.transaction $$),
('fact_sales_order', 'sales_order_id', 'sales_record_id', $$
    SELECT sales_order_id, created_at::date, created_at::time, coalesce(last_updated, created_at)::date,
           coalesce(last_updated, created_at)::time, staff_id, counterparty_id, units_sold, unit_price::numeric(10,2), currency_id,
           design_id, agreed_payment_date::date, agreed_delivery_date::date, agreed_delivery_location_id
    FROM public.sales_order $$),
('fact_purchase_order', 'purchase_order_id', 'purchase_record_id', $$
    SELECT purchase_order_id, created_at::date, created_at::time, coalesce(last_updated, created_at)::date,
           coalesce(last_updated, created_at)::time, staff_id, counterparty_id, item_code::varchar, item_quantity,
           item_unit_price::numeric(10,2), currency_id, agreed_delivery_date::date, agreed_payment_date::date,
           agreed_delivery_location_id
    FROM public.purchase_order $$),
('fact_payment', 'payment_id', 'payment_record_id', $$
    SELECT payment_id, created_at::date, created_at::time, coalesce(last_updated, created_at)::date,
           coalesce(last_updated, created_at)::time, transaction_id, counterparty_id, payment_amount::numeric(10,2), currency_id,
           payment_type_id, paid, payment_date::date
    FROM public.payment $$);

-- Every row of every target as each extract's snapshot saw it.
CREATE TABLE oracle.seen (
    run    integer NOT NULL,
    target text NOT NULL,
    key    integer NOT NULL,
    row    text NOT NULL,
    PRIMARY KEY (target, key, run)
);

CREATE SEQUENCE oracle.run;

CREATE FUNCTION oracle.capture() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    this_run integer := nextval('oracle.run');
    target oracle.target;
BEGIN
    FOR target IN SELECT * FROM oracle.target LOOP
        -- The key is the row's first column, so it is what stands between the bracket and the first comma.
        EXECUTE format('INSERT INTO oracle.seen SELECT $1, $2, substring(r::text FROM ''^\((\d+),'')::integer, r::text FROM (%s) AS r', target.query)
        USING this_run, target.name;
    END LOOP;
END $$;

-- The records that the facts should have, in order: one where a key is seen first, differs from the run before, vanishes or comes back.
CREATE VIEW oracle.expected_record AS
WITH key AS (
    SELECT DISTINCT target, key FROM oracle.seen WHERE target LIKE 'fact%'
),
state AS (
    SELECT key.target, key.key, run, seen.row, lag(seen.row) OVER (PARTITION BY key.target, key.key ORDER BY run) AS row_before
    FROM key
    CROSS JOIN generate_series(1, (SELECT max(run) FROM oracle.seen)) AS run
    LEFT JOIN oracle.seen USING (target, key, run)
)
SELECT target, key, row_number() OVER (PARTITION BY target, key ORDER BY run) AS ordinal, coalesce(row, row_before) AS row, row IS NULL AS is_deleted
FROM state
WHERE row IS DISTINCT FROM row_before;

-- The dimensions hold the latest values; a member that has gone stays as it was seen last.
CREATE VIEW oracle.expected_member AS
SELECT DISTINCT ON (target, key) target, key, row FROM oracle.seen WHERE target LIKE 'dim%' ORDER BY target, key, run DESC;

CREATE FUNCTION oracle.columns(warehouse text, relation text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(format('t.%I', attname), ', ' ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = format('%I.%I', warehouse, relation)::regclass AND attnum > 0 AND NOT attisdropped
      AND attname <> 'is_deleted' AND attname NOT LIKE '%record_id'
$$;

-- What the warehouse has and should not (surplus), or has not and should (missing). No row means that it is right.
CREATE FUNCTION oracle.differences(warehouse text) RETURNS TABLE (problem text, target text, key integer, content text) LANGUAGE plpgsql AS $$
DECLARE
    wanted oracle.target;
    actual text;
BEGIN
    FOR wanted IN SELECT * FROM oracle.target ORDER BY name LOOP
        IF wanted.record_id IS NULL THEN
            actual := format('SELECT t.%I AS key, ROW(%s)::text AS content FROM %I.%I AS t',
                wanted.key, oracle.columns(warehouse, wanted.name), warehouse, wanted.name);
            RETURN QUERY EXECUTE format($q$
                SELECT 'surplus', %1$L, a.key, a.content FROM (%2$s EXCEPT ALL SELECT key, row FROM oracle.expected_member WHERE target = %1$L) AS a
                UNION ALL
                SELECT 'missing', %1$L, b.key, b.row FROM (SELECT key, row FROM oracle.expected_member WHERE target = %1$L EXCEPT ALL %2$s) AS b
                $q$, wanted.name, actual);
        ELSE
            actual := format(
                'SELECT t.%1$I AS key, concat(row_number() OVER (PARTITION BY t.%1$I ORDER BY t.%2$I), '' '', ROW(%3$s)::text, '' '', t.is_deleted) AS content FROM %4$I.%5$I AS t',
                wanted.key, wanted.record_id, oracle.columns(warehouse, wanted.name), warehouse, wanted.name);
            RETURN QUERY EXECUTE format($q$
                WITH expected AS (
                    SELECT key, concat(ordinal, ' ', row, ' ', is_deleted) AS content FROM oracle.expected_record WHERE target = %1$L
                )
                SELECT 'surplus', %1$L, a.key, a.content FROM (%2$s EXCEPT ALL SELECT * FROM expected) AS a
                UNION ALL
                SELECT 'missing', %1$L, b.key, b.content FROM (SELECT * FROM expected EXCEPT ALL %2$s) AS b
                $q$, wanted.name, actual);
            actual := format('SELECT t.%I AS key, ROW(%s)::text AS content FROM %I.%I AS t',
                wanted.key, oracle.columns(warehouse, replace(wanted.name, 'fact_', '') || '_current'), warehouse, replace(wanted.name, 'fact_', '') || '_current');
            RETURN QUERY EXECUTE format($q$
                SELECT 'surplus', %1$L || ' (current)', a.key, a.content
                FROM (%2$s EXCEPT ALL SELECT key, row FROM oracle.seen WHERE target = %1$L AND run = (SELECT max(run) FROM oracle.seen)) AS a
                UNION ALL
                SELECT 'missing', %1$L || ' (current)', b.key, b.row
                FROM (SELECT key, row FROM oracle.seen WHERE target = %1$L AND run = (SELECT max(run) FROM oracle.seen) EXCEPT ALL %2$s) AS b
                $q$, wanted.name, actual);
            -- The ledger commits with the records, so it has counted each of them, once.
            RETURN QUERY EXECUTE format($q$
                SELECT 'miscounted', %1$L, 0, format('%%s records, and the ledger says %%s', records, written)
                FROM (SELECT count(*) AS records FROM %2$I.%1$I) AS fact,
                     (SELECT coalesce(sum(written), 0) AS written FROM %2$I.etl_load WHERE target = %1$L) AS ledger
                WHERE records <> written
                $q$, wanted.name, warehouse);
        END IF;
    END LOOP;
    RETURN QUERY EXECUTE format($q$
        SELECT 'wrong', 'dim_date', 0, date_id::text FROM %1$I.dim_date
        WHERE (year, month, day, day_of_week, day_name, month_name, quarter) IS DISTINCT FROM (
            extract(year FROM date_id)::integer, extract(month FROM date_id)::integer, extract(day FROM date_id)::integer,
            extract(isodow FROM date_id)::integer, to_char(date_id, 'FMDay')::varchar, to_char(date_id, 'FMMonth')::varchar,
            extract(quarter FROM date_id)::integer)
        UNION ALL
        SELECT 'missing', 'dim_date', 0, calendar_day::date::text
        FROM generate_series('2024-01-01'::date, '2030-12-31'::date, '1 day') AS calendar_day
        WHERE NOT EXISTS (SELECT FROM %1$I.dim_date WHERE date_id = calendar_day)
        $q$, warehouse);
END $$;
