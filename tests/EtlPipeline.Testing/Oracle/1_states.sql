-- What the warehouse has to hold at each snapshot of the source, computed from the source's own rows. It shares no code with the pipeline.
-- The rows come as JSON, as PostgreSQL's to_jsonb writes them, so that the source may lie on any server and have lost any column.

CREATE SCHEMA oracle;

-- A snapshot that an extract may have taken. The stamp is that of the run, once it has ended well.
CREATE TABLE oracle.snapshot (
    id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stamp text COLLATE "C",
    moment timestamptz
);

-- The rows of the newest snapshot's tables, and which tables these are.
CREATE UNLOGGED TABLE oracle.source_table (name text PRIMARY KEY);
CREATE UNLOGGED TABLE oracle.source_row (name text NOT NULL, row jsonb NOT NULL);

-- The state of each key of each target at each snapshot: its own columns, and those that come from the look-up table. Own is NULL if the
-- row can't be transformed. Look-up rows are kept under the name of their table.
CREATE UNLOGGED TABLE oracle.state (
    target     text NOT NULL,
    snapshot   integer NOT NULL,
    key        text NOT NULL,
    own        text,
    look       text NOT NULL DEFAULT '()',
    look_key   text,
    PRIMARY KEY (target, snapshot, key)
);

CREATE FUNCTION oracle.is_integer(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'number' THEN value::numeric = trunc(value::numeric) AND value::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
$$;

CREATE FUNCTION oracle.is_numeric(value jsonb, digits integer, scale integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'number' THEN value::numeric = round(value::numeric, scale) AND abs(value::numeric) < 10::numeric ^ (digits - scale) ELSE false END
$$;

CREATE FUNCTION oracle.is_date(value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'
        THEN right(value, 2)::integer <= extract(day FROM (left(value, 7) || '-01')::date + interval '1 month' - interval '1 day') ELSE false END
$$;

CREATE FUNCTION oracle.is_moment(value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(value ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$', false)
$$;

-- For each target its source, its columns by where they come from, the source's columns that it can't do without, and the query that
-- makes its rows: key, own, look, look_key. A row whose own is NULL is rejected.
CREATE TABLE oracle.target (
    name   text PRIMARY KEY,
    source text NOT NULL,
    lookup text,
    key    text NOT NULL,
    own    text[] NOT NULL,
    look   text[] NOT NULL DEFAULT '{}',
    needs  text[] NOT NULL,
    good   text NOT NULL,
    row    text NOT NULL
);

INSERT INTO oracle.target (name, source, key, own, needs, good, row) VALUES
('fact_sales_order', 'sales_order', 'sales_order_id',
 '{sales_order_id,created_date,created_time,last_updated_date,last_updated_time,sales_staff_id,counterparty_id,units_sold,unit_price,currency_id,design_id,agreed_payment_date,agreed_delivery_date,agreed_delivery_location_id}',
 '{sales_order_id,created_at,last_updated,staff_id,counterparty_id,units_sold,unit_price,currency_id,design_id,agreed_payment_date,agreed_delivery_date,agreed_delivery_location_id}', $$
    oracle.is_moment(r->>'created_at') AND (r->>'last_updated' IS NULL OR oracle.is_moment(r->>'last_updated'))
    AND oracle.is_integer(r->'staff_id') AND oracle.is_integer(r->'counterparty_id') AND oracle.is_integer(r->'units_sold')
    AND oracle.is_numeric(r->'unit_price', 10, 2) AND oracle.is_integer(r->'currency_id') AND oracle.is_integer(r->'design_id')
    AND oracle.is_date(r->>'agreed_payment_date') AND oracle.is_date(r->>'agreed_delivery_date') AND oracle.is_integer(r->'agreed_delivery_location_id') $$, $$
    (r->>'sales_order_id')::integer, (r->>'created_at')::timestamp::date, (r->>'created_at')::timestamp::time,
    coalesce(r->>'last_updated', r->>'created_at')::timestamp::date, coalesce(r->>'last_updated', r->>'created_at')::timestamp::time,
    (r->>'staff_id')::integer, (r->>'counterparty_id')::integer, (r->>'units_sold')::integer, (r->>'unit_price')::numeric(10,2),
    (r->>'currency_id')::integer, (r->>'design_id')::integer, (r->>'agreed_payment_date')::date, (r->>'agreed_delivery_date')::date,
    (r->>'agreed_delivery_location_id')::integer $$),
('fact_purchase_order', 'purchase_order', 'purchase_order_id',
 '{purchase_order_id,created_date,created_time,last_updated_date,last_updated_time,staff_id,counterparty_id,item_code,item_quantity,item_unit_price,currency_id,agreed_delivery_date,agreed_payment_date,agreed_delivery_location_id}',
 '{purchase_order_id,created_at,last_updated,staff_id,counterparty_id,item_code,item_quantity,item_unit_price,currency_id,agreed_delivery_date,agreed_payment_date,agreed_delivery_location_id}', $$
    oracle.is_moment(r->>'created_at') AND (r->>'last_updated' IS NULL OR oracle.is_moment(r->>'last_updated'))
    AND oracle.is_integer(r->'staff_id') AND oracle.is_integer(r->'counterparty_id') AND r->>'item_code' IS NOT NULL AND oracle.is_integer(r->'item_quantity')
    AND oracle.is_numeric(r->'item_unit_price', 10, 2) AND oracle.is_integer(r->'currency_id')
    AND oracle.is_date(r->>'agreed_payment_date') AND oracle.is_date(r->>'agreed_delivery_date') AND oracle.is_integer(r->'agreed_delivery_location_id') $$, $$
    (r->>'purchase_order_id')::integer, (r->>'created_at')::timestamp::date, (r->>'created_at')::timestamp::time,
    coalesce(r->>'last_updated', r->>'created_at')::timestamp::date, coalesce(r->>'last_updated', r->>'created_at')::timestamp::time,
    (r->>'staff_id')::integer, (r->>'counterparty_id')::integer, r->>'item_code', (r->>'item_quantity')::integer, (r->>'item_unit_price')::numeric(10,2),
    (r->>'currency_id')::integer, (r->>'agreed_delivery_date')::date, (r->>'agreed_payment_date')::date, (r->>'agreed_delivery_location_id')::integer $$),
('fact_payment', 'payment', 'payment_id',
 '{payment_id,created_date,created_time,last_updated_date,last_updated_time,transaction_id,counterparty_id,payment_amount,currency_id,payment_type_id,paid,payment_date}',
 '{payment_id,created_at,last_updated,transaction_id,counterparty_id,payment_amount,currency_id,payment_type_id,paid,payment_date}', $$
    oracle.is_moment(r->>'created_at') AND (r->>'last_updated' IS NULL OR oracle.is_moment(r->>'last_updated'))
    AND oracle.is_integer(r->'transaction_id') AND oracle.is_integer(r->'counterparty_id') AND oracle.is_numeric(r->'payment_amount', 10, 2)
    AND oracle.is_integer(r->'currency_id') AND oracle.is_integer(r->'payment_type_id') AND jsonb_typeof(r->'paid') = 'boolean' AND oracle.is_date(r->>'payment_date') $$, $$
    (r->>'payment_id')::integer, (r->>'created_at')::timestamp::date, (r->>'created_at')::timestamp::time,
    coalesce(r->>'last_updated', r->>'created_at')::timestamp::date, coalesce(r->>'last_updated', r->>'created_at')::timestamp::time,
    (r->>'transaction_id')::integer, (r->>'counterparty_id')::integer, (r->>'payment_amount')::numeric(10,2), (r->>'currency_id')::integer,
    (r->>'payment_type_id')::integer, (r->>'paid')::boolean, (r->>'payment_date')::date $$),
('dim_location', 'address', 'location_id', '{location_id,address_line_1,address_line_2,district,city,postal_code,country,phone}',
 '{address_id,address_line_1,address_line_2,district,city,postal_code,country,phone}', $$
    r->>'address_line_1' IS NOT NULL AND r->>'city' IS NOT NULL AND r->>'postal_code' IS NOT NULL AND r->>'country' IS NOT NULL AND r->>'phone' IS NOT NULL $$, $$
    (r->>'address_id')::integer, r->>'address_line_1', r->>'address_line_2', r->>'district', r->>'city', r->>'postal_code', r->>'country', r->>'phone' $$),
('dim_currency', 'currency', 'currency_id', '{currency_id,currency_code,currency_name}', '{currency_id,currency_code}',
 $$ r->>'currency_code' IN ('GBP', 'USD', 'EUR') $$, $$
    (r->>'currency_id')::integer, r->>'currency_code',
    CASE r->>'currency_code' WHEN 'GBP' THEN 'Pound Sterling' WHEN 'USD' THEN 'US Dollar' WHEN 'EUR' THEN 'Euro' END $$),
('dim_design', 'design', 'design_id', '{design_id,design_name,file_location,file_name}', '{design_id,design_name,file_location,file_name}', $$
    r->>'design_name' IS NOT NULL AND r->>'file_location' IS NOT NULL AND r->>'file_name' IS NOT NULL $$, $$
    (r->>'design_id')::integer, r->>'design_name', r->>'file_location', r->>'file_name' $$),
('dim_payment_type', 'payment_type', 'payment_type_id', '{payment_type_id,payment_type_name}', '{payment_type_id,payment_type_name}',
 $$ r->>'payment_type_name' IS NOT NULL $$, $$ (r->>'payment_type_id')::integer, r->>'payment_type_name' $$),
('dim_transaction', 'transaction', 'transaction_id', '{transaction_id,transaction_type,sales_order_id,purchase_order_id}',
 '{transaction_id,transaction_type,sales_order_id,purchase_order_id}', $$ r->>'transaction_type' IS NOT NULL $$, $$
    (r->>'transaction_id')::integer, r->>'transaction_type', (r->>'sales_order_id')::integer, (r->>'purchase_order_id')::integer $$);

INSERT INTO oracle.target VALUES
('dim_staff', 'staff', 'department', 'staff_id', '{staff_id,first_name,last_name,email_address}', '{department_name,location}',
 '{staff_id,first_name,last_name,department_id,email_address}',
 $$ r->>'first_name' IS NOT NULL AND r->>'last_name' IS NOT NULL AND r->>'email_address' IS NOT NULL $$,
 $$ (r->>'staff_id')::integer, r->>'first_name', r->>'last_name', r->>'email_address' $$),
('dim_counterparty', 'counterparty', 'address', 'counterparty_id', '{counterparty_id,counterparty_legal_name}',
 '{counterparty_legal_address_line_1,counterparty_legal_address_line_2,counterparty_legal_district,counterparty_legal_city,counterparty_legal_postal_code,counterparty_legal_country,counterparty_legal_phone_number}',
 '{counterparty_id,counterparty_legal_name,legal_address_id}', $$ r->>'counterparty_legal_name' IS NOT NULL $$,
 $$ (r->>'counterparty_id')::integer, r->>'counterparty_legal_name' $$);

-- What a target takes from the rows of its look-up table.
CREATE FUNCTION oracle.take_look_ups(this_snapshot integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO oracle.state (target, snapshot, key, own)
    SELECT name, this_snapshot, row->>'department_id',
           CASE WHEN row ?& '{department_name,location}' AND row->>'department_name' IS NOT NULL THEN ROW(row->>'department_name', coalesce(row->>'location', 'unknown'))::text END
    FROM oracle.source_row WHERE name = 'department'
    UNION ALL
    SELECT name, this_snapshot, row->>'address_id',
           CASE WHEN row ?& '{address_line_1,address_line_2,district,city,postal_code,country,phone}'
               THEN ROW(row->>'address_line_1', row->>'address_line_2', row->>'district', row->>'city', row->>'postal_code', row->>'country', row->>'phone')::text END
    FROM oracle.source_row WHERE name = 'address'
$$;

-- Takes down the state of every target whose source was brought.
CREATE FUNCTION oracle.take() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    this_snapshot integer;
    wanted oracle.target;
BEGIN
    INSERT INTO oracle.snapshot DEFAULT VALUES RETURNING id INTO this_snapshot;
    PERFORM oracle.take_look_ups(this_snapshot);
    FOR wanted IN SELECT target.* FROM oracle.target JOIN oracle.source_table ON source_table.name = source LOOP
        EXECUTE format($q$
            INSERT INTO oracle.state (target, snapshot, key, own, look, look_key)
            SELECT %1$L, $1, r->>%2$L, CASE WHEN coalesce(r ?& %3$L AND %4$s AND (%5$L IS NULL OR look.own IS NOT NULL), false) THEN ROW(%6$s)::text END,
                   coalesce(look.own, '()'), look.key
            FROM (SELECT row AS r FROM oracle.source_row WHERE name = %7$L) AS source
            LEFT JOIN oracle.state AS look ON look.target = %5$L AND look.snapshot = $1 AND look.key = r->>%8$L
            $q$, wanted.name, oracle.key_column(wanted.source), wanted.needs, wanted.good, wanted.lookup, wanted.row, wanted.source,
            CASE wanted.lookup WHEN 'department' THEN 'department_id' WHEN 'address' THEN 'legal_address_id' END)
        USING this_snapshot;
    END LOOP;
    RETURN this_snapshot;
END $$;

CREATE FUNCTION oracle.key_column(source text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT source || '_id' $$;
