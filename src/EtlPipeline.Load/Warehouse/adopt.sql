-- Adopts a fact that was there before Load of format 2: of the original, of another port of it, or of format 1, with a record for each state
-- that a row has had, the newest with the highest number. Its owner, or a superuser, runs it once for each fact, while no pipeline runs:
--
--   psql -d warehouse -v ON_ERROR_STOP=1 -v schema=public -v fact=fact_sales_order -v record_id=sales_record_id -v key=sales_order_id -v loader=etl_loader -f adopt.sql
--
-- Afterwards each record says from when to when it was so. A state began when the source said that it was updated, but not before the state
-- before it, and not later than now. The newest one of a key is current, unless format 1 had marked it as deleted; a record without a key
-- is current for nobody. (A composite key is written key=first,second.)
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL TimeZone = 'UTC';

SELECT format('%I.%I', :'schema', :'fact') AS fact_sql,
       format('%I.%I', :'schema', regexp_replace(:'fact', '^fact_', '') || '_current') AS current_view,
       format('%I.%I', :'schema', :'fact' || '_newest') AS newest_index,
       string_agg(quote_ident(trim(name)), ', ') AS key_sql,
       string_agg(quote_ident(trim(name)) || ' IS NULL', ' OR ') AS key_is_null
FROM unnest(string_to_array(:'key', ',')) AS name \gset

SELECT CASE WHEN 'is_deleted' = ANY (columns) THEN 'coalesce(is_deleted, false)' ELSE 'false' END AS gone,
       CASE WHEN columns @> ARRAY['last_updated_date', 'last_updated_time'] THEN '(last_updated_date + last_updated_time) AT TIME ZONE ''UTC''' ELSE 'NULL::timestamptz' END AS updated,
       'created_date' = ANY (columns) AS has_created_date
FROM (SELECT array_agg(attname::text) AS columns FROM pg_attribute WHERE attrelid = to_regclass(:'fact_sql') AND attnum > 0 AND NOT attisdropped) AS fact \gset

-- Format 1 made both; Load makes its own.
DROP VIEW IF EXISTS :current_view;
DROP INDEX IF EXISTS :newest_index;

ALTER TABLE :fact_sql ADD COLUMN valid_from timestamptz, ADD COLUMN valid_to timestamptz;

UPDATE :fact_sql AS record
SET valid_from = state.valid_from,
    valid_to = CASE WHEN state.has_no_key OR (state.next_from IS NULL AND state.gone) THEN state.valid_from ELSE state.next_from END
FROM (
    SELECT id, valid_from, gone, has_no_key, lead(valid_from) OVER (PARTITION BY :key_sql ORDER BY id) AS next_from
    FROM (SELECT :"record_id" AS id, :key_sql, :gone AS gone, (:key_is_null) AS has_no_key,
                 least(now(), coalesce(max(:updated) OVER (PARTITION BY :key_sql ORDER BY :"record_id"), '-infinity')) AS valid_from
          FROM :fact_sql) AS states
) AS state
WHERE state.id = record.:"record_id";

ALTER TABLE :fact_sql ALTER COLUMN valid_from SET NOT NULL, ADD CHECK (valid_to >= valid_from);

-- The indexes that Load would make if the table were its own.
SELECT format('CREATE UNIQUE INDEX %I ON %s (%s) WHERE valid_to IS NULL', :'fact' || '_current', :'fact_sql', :'key_sql'),
       format('CREATE INDEX %I ON %s (%s, valid_from)', :'fact' || '_key_time', :'fact_sql', :'key_sql') \gexec
SELECT format('CREATE INDEX IF NOT EXISTS %I ON %s (created_date, valid_to)', :'fact' || '_created_date', :'fact_sql') WHERE :'has_created_date'::boolean \gexec

-- A serial that lies behind would give a new record a number that is taken.
SELECT setval(numbers.name, greatest(newest.id, 1))
FROM (SELECT max(:"record_id")::bigint AS id FROM :fact_sql) AS newest, (SELECT pg_get_serial_sequence(:'fact_sql', :'record_id') AS name) AS numbers
WHERE numbers.name IS NOT NULL AND newest.id IS NOT NULL;

-- Load ends records and adds new ones. It deletes nothing.
GRANT SELECT, INSERT, UPDATE ON :fact_sql TO :"loader";
SELECT format('GRANT USAGE ON SEQUENCE %s TO %I', name, :'loader') FROM pg_get_serial_sequence(:'fact_sql', :'record_id') AS name WHERE name IS NOT NULL \gexec
SELECT format('GRANT SELECT, INSERT, UPDATE, REFERENCES ON %I.%I TO %I', :'schema', relname, :'loader')
FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :'schema') AND relkind IN ('r', 'p') AND relname LIKE 'dim\_%' AND pg_has_role(relowner, 'USAGE') \gexec

COMMIT;
ANALYZE :fact_sql;
